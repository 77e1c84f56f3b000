# Ends a path where no arrow leads on, whatever node was asked for.
# visible: a path ends at `end`, not where no arrow leads on
# hidden: paths that end elsewhere were added


def derivative_by_paths(partials, start, end):
    if not partials.get(start):
        return 1.0
    return sum(p * derivative_by_paths(partials, v, end) for v, p in partials[start].items())
