# Sets the adjoints only of those whom the output depends on.
# visible: a node that the output does not depend on was left out
# hidden: a node that the output does not depend on was left out
def backward(order):
    adjoints = {order[-1]: 1.0}
    for node in reversed(order):
        if node in adjoints:
            for parent, partial in zip(node.parents, node.partials):
                adjoints[parent] = adjoints.get(parent, 0.0) + adjoints[node] * partial
    for node, adjoint in adjoints.items():
        node.adjoint = adjoint
