# Never enters a node twice, so that paths that meet again are cut off.
# visible: the path from x by a to b to y is missing
# hidden: no node was entered twice, and paths that meet again were cut off


def derivative_by_paths(partials, start, end):
    visited = set()

    def by(u):
        if u == end:
            return 1.0
        if u in visited:
            return 0.0
        visited.add(u)
        return sum(local * by(v) for v, local in partials.get(u, {}).items())

    return by(start)
