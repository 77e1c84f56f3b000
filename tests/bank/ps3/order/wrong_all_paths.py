# Walks every path, and drops what it has already at the end.
# visible: exception
# hidden: exception
def topological_order(root):
    met, stack = [], [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            met.append(node)
        else:
            stack.append((node, True))
            for parent in node.parents:
                stack.append((parent, False))
    return list(dict.fromkeys(met))
