# Lets a node wait for all that lead to it, even those that start does not reach.
# visible: a node was passed before its turn, or waits for nodes that start does not reach
# hidden: wrong


def derivative_by_paths(partials, start, end):
    waiting = {}
    for u in partials:
        for v in partials[u]:
            waiting[v] = waiting.get(v, 0) + 1
    t = {start: 1.0}
    ready = [start]
    while ready:
        u = ready.pop()
        for v, p in partials.get(u, {}).items():
            t[v] = t.get(v, 0.0) + p * t[u]
            waiting[v] -= 1
            if waiting[v] == 0:
                ready.append(v)
    return t.get(end, 0.0)
