# Remembers by names what it found, from one graph to the next.
# visible: what was remembered of one graph was used for another
# hidden: does not follow its inputs


def derivative_by_paths(partials, start, end, memo={}):
    if start == end:
        return 1.0
    if (start, end) not in memo:
        memo[start, end] = sum(p * derivative_by_paths(partials, v, end) for v, p in partials.get(start, {}).items())
    return memo[start, end]
