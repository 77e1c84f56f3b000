# Marks the nodes themselves, and finds the marks again at the next call.
# visible: the second call found traces of the first
# hidden: the second call found traces of the first
def topological_order(root):
    order, stack = [], [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif not getattr(node, "visited", False):
            node.visited = True
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
