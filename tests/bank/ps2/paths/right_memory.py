# Each node's derivative is computed once and remembered.
from functools import cache


def derivative_by_paths(partials, start, end):
    @cache
    def by(u):
        if u == end:
            return 1.0
        return sum(local * by(v) for v, local in partials.get(u, {}).items())

    return by(start)
