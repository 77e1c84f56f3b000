# Takes every arrow out of the graph as it is used.
# visible: input changed in place
# hidden: input changed in place


def derivative_by_paths(partials, start, end):
    if start == end:
        return 1.0
    total, arrows = 0.0, partials.get(start, {})
    while arrows:
        v, local = arrows.popitem()
        total += local * derivative_by_paths(partials, v, end)
    return total
