# Says 0 where start and end are the same node.
# visible: start and end are the same node: it moves as fast as itself
# hidden: start and end are the same node: it moves as fast as itself


def derivative_by_paths(partials, start, end):
    total = 0.0
    for v, local in partials.get(start, {}).items():
        total += local * (1.0 if v == end else derivative_by_paths(partials, v, end))
    return total
