# Sorts nodes by the length of the longest path to an input.
def topological_order(root):
    depth, stack = {}, [root]
    while stack:
        node = stack[-1]
        waiting = [parent for parent in node.parents if parent not in depth]
        if waiting:
            stack.extend(waiting)
        else:
            depth[node] = 1 + max((depth[parent] for parent in node.parents), default=0)
            stack.pop()
    return sorted(depth, key=depth.get)
