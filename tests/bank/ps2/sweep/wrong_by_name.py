# Collects operands in a dict, so that one used twice is counted once.
# visible: where both operands are x, only one of them was counted
# hidden: where both operands are x, only one of them was counted


def forward_sweep(program, primals, tangents):
    known = {name: (primals[name], tangents[name]) for name in primals}
    for name, operation, operands in program:
        value, partials = RULES[operation]
        values = [known[o][0] if isinstance(o, str) else o for o in operands]
        by_operand = dict(zip(operands, partials(*values)))
        tangent = sum(d * known[o][1] for o, d in by_operand.items() if isinstance(o, str))
        known[name] = (value(*values), tangent)
    return known
