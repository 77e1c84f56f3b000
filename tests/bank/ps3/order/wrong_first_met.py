# Takes nodes off a stack as they come, and turns the list round.
# visible: a node was placed when it was first met, though another one that uses it came later
# hidden: wrong
def topological_order(root):
    order, seen, stack = [], {root}, [root]
    while stack:
        node = stack.pop()
        order.append(node)
        for parent in node.parents:
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    order.reverse()
    return order
