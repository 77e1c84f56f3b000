# Walks with a stack of (node, product so far), without recursion.


def derivative_by_paths(partials, start, end):
    total, stack = 0.0, [(start, 1.0)]
    while stack:
        node, product = stack.pop()
        if node == end:
            total += product
        else:
            stack.extend((v, product * local) for v, local in partials.get(node, {}).items())
    return total
