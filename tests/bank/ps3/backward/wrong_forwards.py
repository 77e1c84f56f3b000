# Reads the list from its front.
# visible: the list was read from its first node to its last
# hidden: the list was read from its first node to its last
def backward(order):
    for node in order:
        node.adjoint = 0.0
    order[-1].adjoint = 1.0
    for node in order:
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint += node.adjoint * partial
