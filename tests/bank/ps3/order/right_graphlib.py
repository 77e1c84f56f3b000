# Collects the graph, and lets the library's sorter do the rest.
from graphlib import TopologicalSorter


def topological_order(root):
    graph, stack = {}, [root]
    while stack:
        node = stack.pop()
        if node not in graph:
            graph[node] = node.parents
            stack.extend(node.parents)
    return list(TopologicalSorter(graph).static_order())
