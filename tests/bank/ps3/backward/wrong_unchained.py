# Adds partials, without the adjoint of the node.
# visible: partials were added up, not multiplied by the adjoint of the node
# hidden: partials were added up, not multiplied by the adjoint of the node
def backward(order):
    for node in order:
        node.adjoint = 0.0
    order[-1].adjoint = 1.0
    for node in reversed(order):
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint += partial
