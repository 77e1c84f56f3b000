# Never sets the adjoints back to 0.
# visible: what an earlier call left was added to
# hidden: what an earlier call left was added to
def backward(order):
    order[-1].adjoint = 1.0
    for node in reversed(order):
        node.adjoint = node.adjoint or 0.0
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint = (parent.adjoint or 0.0) + node.adjoint * partial
