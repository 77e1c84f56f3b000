# Knows paths of one and of two arrows only.
# visible: the path from x by a to b to y is missing
# hidden: only paths of two arrows


def derivative_by_paths(partials, start, end):
    if start == end:
        return 1.0
    total = partials.get(start, {}).get(end, 0.0)
    for v, local in partials.get(start, {}).items():
        total += local * partials.get(v, {}).get(end, 0.0)
    return total
