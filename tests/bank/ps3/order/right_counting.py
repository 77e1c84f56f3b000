# Counts users, and takes a node when all of its users are taken (Kahn's algorithm, from the output).
from collections import Counter, deque


def topological_order(root):
    users, seen, queue = Counter(), {root}, deque([root])
    while queue:
        for parent in queue.popleft().parents:
            users[parent] += 1
            if parent not in seen:
                seen.add(parent)
                queue.append(parent)
    order, free = [], [root]
    while free:
        node = free.pop()
        order.append(node)
        for parent in node.parents:
            users[parent] -= 1
            if users[parent] == 0:
                free.append(parent)
    return order[::-1]
