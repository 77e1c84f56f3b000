# Follows the first path that arrives.
# visible: only the first path was followed
# hidden: only the first path was followed


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
    return product(paths(partials, start, end)[0]) if paths(partials, start, end) else 0.0
