# Pushes derivatives forward and overwrites them where paths meet.
# visible: where paths meet, one derivative replaced the other
# hidden: where paths meet, one derivative replaced the other


def derivative_by_paths(partials, start, end):
    derivative, queue = {start: 1.0}, [start]
    while queue:
        u = queue.pop(0)
        for v, local in partials.get(u, {}).items():
            derivative[v] = local * derivative[u]
            queue.append(v)
    return derivative.get(end, 0.0)
