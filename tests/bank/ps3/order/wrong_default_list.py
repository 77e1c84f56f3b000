# The list is a default argument, which Python makes only once.
# visible: the second call added to the list of the first
# hidden: the second call added to the list of the first
def topological_order(root, order=[]):
    seen, stack = set(), [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
