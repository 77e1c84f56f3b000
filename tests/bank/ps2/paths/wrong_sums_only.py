# Sums along the paths and across them.
# visible: summed along the paths, and across them
# hidden: summed along the paths, and across them


def paths(partials, u, end):
    if u == end:
        return [[]]
    return [[local, *rest] for v, local in partials.get(u, {}).items() for rest in paths(partials, v, end)]


def product(numbers):
    result = 1.0
    for number in numbers:
        result *= number
    return result


def derivative_by_paths(partials, start, end):
    return sum(sum(path) for path in paths(partials, start, end))
