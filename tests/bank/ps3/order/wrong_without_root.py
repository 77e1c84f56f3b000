# Lists what the root depends on, and not the root.
# visible: the root is not in the list
# hidden: the root is not in the list
def topological_order(root):
    order, seen, stack = [], {root}, [(parent, False) for parent in root.parents]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((parent, False) for parent in node.parents)
    return order
