# Returns None where no path leads to the end.
# visible: wrong type
# hidden: wrong type


def derivative_by_paths(partials, start, end):
    if start == end:
        return 1.0
    terms = []
    for v, local in partials.get(start, {}).items():
        rest = derivative_by_paths(partials, v, end)
        if rest is not None:
            terms.append(local * rest)
    return sum(terms) if terms else None
