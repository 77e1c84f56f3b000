# Passes derivatives on in the order in which the nodes stand in the dict.
# visible: a node was passed before its turn, or waits for nodes that start does not reach
# hidden: a node was passed before its turn


def derivative_by_paths(partials, start, end):
    t = {start: 1.0}
    for u in partials:
        for v, p in partials[u].items():
            t[v] = t.get(v, 0.0) + p * t.get(u, 0.0)
    return t.get(end, 0.0)
