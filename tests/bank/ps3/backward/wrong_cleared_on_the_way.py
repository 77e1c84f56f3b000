# Sets each parent back to 0 right before it adds to it.
# visible: = for +=: a later contribution overwrites an earlier one
# hidden: = for +=: a later contribution overwrites an earlier one
def backward(order):
    for node in order:
        node.adjoint = 0.0
    order[-1].adjoint = 1.0
    for node in reversed(order):
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint = 0.0
            parent.adjoint += node.adjoint * partial
