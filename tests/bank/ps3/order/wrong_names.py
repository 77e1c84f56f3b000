# Sorts the nodes by name, which happens to be right in the examples.
# hidden: wrong
def topological_order(root):
    seen, stack = {root}, [root]
    while stack:
        for parent in stack.pop().parents:
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    return sorted(seen, key=lambda node: node.name if hasattr(node, "name") else node.place)
