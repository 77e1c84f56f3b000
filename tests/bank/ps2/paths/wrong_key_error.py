# Expects every node to have arrows that leave it.
# visible: exception
# hidden: exception


def derivative_by_paths(partials, start, end):
    if start == end:
        return 1.0
    return sum(local * derivative_by_paths(partials, v, end) for v, local in partials[start].items())
