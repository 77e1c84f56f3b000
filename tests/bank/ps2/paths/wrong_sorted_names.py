# Visits the nodes in alphabetical order, as if the arrows went that way.
# visible: all zeros
# hidden: all zeros


def derivative_by_paths(partials, start, end):
    nodes = sorted({*partials, *(v for arrows in partials.values() for v in arrows)})
    derivative = dict.fromkeys(nodes, 0.0) | {start: 1.0}
    for u in nodes:
        for v, local in partials.get(u, {}).items():
            derivative[v] += local * derivative[u]
    return derivative[end]
