# Turns the caller's list round and leaves it like that.
# visible: the list was turned round, and not turned back
# hidden: the list was turned round, and not turned back
def backward(order):
    for node in order:
        node.adjoint = 0.0
    order[-1].adjoint = 1.0
    order.reverse()
    for node in order:
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint += node.adjoint * partial
