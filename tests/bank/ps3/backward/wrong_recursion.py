# Each node calls the one before it in the list.
# visible: exception
# hidden: exception
def backward(order):
    for node in order:
        node.adjoint = 0.0
    order[-1].adjoint = 1.0

    def visit(k):
        node = order[k]
        for parent, partial in zip(node.parents, node.partials):
            parent.adjoint += node.adjoint * partial
        if k > 0:
            visit(k - 1)

    visit(len(order) - 1)
