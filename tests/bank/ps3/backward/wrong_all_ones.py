# Every node starts at 1.
# visible: every node was started at 1
# hidden: wrong
def backward(order):
    for node in order:
        node.adjoint = 1.0
    order[-1].adjoint = 1.0
    for node in reversed(order):
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint += node.adjoint * partial
