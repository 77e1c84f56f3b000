# First asks who uses each node, then each node gathers from its users.
def backward(order):
    users = {node: [] for node in order}
    for node in order:
        for parent, partial in zip(node.parents, node.partials):
            users[parent].append((node, partial))
    for node in order[::-1]:
        start = 1.0 if node is order[-1] else 0.0
        node.adjoint = start + sum(user.adjoint * partial for user, partial in users[node])
