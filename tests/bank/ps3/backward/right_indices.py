# Counts down, and keeps the adjoints in a dict until the end.
def backward(order):
    adjoints = {node: 0.0 for node in order}
    adjoints[order[-1]] = 1.0
    for k in range(len(order) - 1, -1, -1):
        node = order[k]
        for j, parent in enumerate(node.parents):
            adjoints[parent] = adjoints[parent] + adjoints[node] * node.partials[j]
    for node, adjoint in adjoints.items():
        node.adjoint = adjoint
