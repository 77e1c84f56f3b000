# Follows every path from the output by itself.
# visible: exception
# hidden: exception
def backward(order):
    for node in order:
        node.adjoint = 0.0
    paths = [(order[-1], 1.0)]
    while paths:
        node, product = paths.pop()
        node.adjoint += product
        for parent, partial in zip(node.parents, node.partials):
            paths.append((parent, product * partial))
