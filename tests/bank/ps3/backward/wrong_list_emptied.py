# Takes the nodes off the caller's list.
# visible: exception
# hidden: exception
def backward(order):
    for node in order:
        node.adjoint = 0.0
    order[-1].adjoint = 1.0
    while order:
        node = order.pop()
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint += node.adjoint * partial
