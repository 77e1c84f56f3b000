# Keeps an iterator over the parents of every open node.
def topological_order(root):
    order, seen = [], {root}
    path = [(root, iter(root.parents))]
    while path:
        node, rest = path[-1]
        for parent in rest:
            if parent not in seen:
                seen.add(parent)
                path.append((parent, iter(parent.parents)))
                break
        else:
            order.append(node)
            path.pop()
    return order
