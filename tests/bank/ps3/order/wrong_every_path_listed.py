# A shared node stands in the list once for every path.
# visible: a shared node comes up once for every path
# hidden: wrong structure
def topological_order(root):
    order = []
    for parent in root.parents:
        order += topological_order(parent)
    return [*order, root]
