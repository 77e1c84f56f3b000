# Counts a path wherever it stops.
# visible: paths that end elsewhere were added
# hidden: paths that end elsewhere were added


def derivative_by_paths(partials, start, end):
    if start == end or not partials.get(start):
        return 1.0
    return sum(local * derivative_by_paths(partials, v, end) for v, local in partials[start].items())
