# Takes every edge out of the graph as it is used.
# visible: input changed in place
# hidden: input changed in place


def derivative_by_paths(partials, start, end):
    if start == end:
        return 1.0
    total, edges = 0.0, partials.get(start, {})
    while edges:
        v, local = edges.popitem()
        total += local * derivative_by_paths(partials, v, end)
    return total
