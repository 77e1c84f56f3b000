# Meets the nodes level by level from the root, and turns the list round.
# visible: a node was placed when it was first met, before all who use it were
# hidden: wrong
def topological_order(root):
    order, seen = [root], {root}
    for node in order:
        for parent in node.parents:
            if parent not in seen:
                seen.add(parent)
                order.append(parent)
    return order[::-1]
