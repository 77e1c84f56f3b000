# Adds 1 to the output's adjoint at every call.
# visible: what an earlier call left was added to, in the output as well
# hidden: wrong
def backward(order):
    for node in order:
        node.adjoint = node.adjoint or 0.0
    order[-1].adjoint += 1.0
    for node in reversed(order):
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint += node.adjoint * partial
