# Marks parents as seen when they are sent ahead, so that one on top of the stack comes too late.
# visible: a parent was taken as done when it was only sent ahead
# hidden: wrong
def topological_order(root):
    order, seen, stack = [], {root}, [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        else:
            stack.append((node, True))
            for parent in node.parents:
                if parent not in seen:
                    seen.add(parent)
                    stack.append((parent, False))
    return order
