# Nothing says that the output's adjoint is 1.
# visible: all zeros
# hidden: all zeros
def backward(order):
    for node in order:
        node.adjoint = 0.0
    for node in reversed(order):
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint += node.adjoint * partial
