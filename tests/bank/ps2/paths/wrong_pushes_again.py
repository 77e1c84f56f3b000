# Accumulates at the nodes, and pushes on what was pushed before.
# visible: a node passed on what it had, and later passed all of it on again
# hidden: wrong


def derivative_by_paths(partials, start, end):
    derivative, queue = {start: 1.0}, [start]
    while queue:
        u = queue.pop(0)
        for v, local in partials.get(u, {}).items():
            derivative[v] = derivative.get(v, 0.0) + local * derivative[u]
            queue.append(v)
    return derivative.get(end, 0.0)
