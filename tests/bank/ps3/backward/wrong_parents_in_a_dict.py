# Pairs parents and partials in a dict, where a parent stands once.
# visible: a parent that stands there twice was handed one contribution only
# hidden: a parent that stands there twice was handed one contribution only
def backward(order):
    for node in order:
        node.adjoint = 0.0
    order[-1].adjoint = 1.0
    for node in reversed(order):
        for parent, partial in dict(zip(node.parents, node.partials)).items():
            parent.adjoint += node.adjoint * partial
