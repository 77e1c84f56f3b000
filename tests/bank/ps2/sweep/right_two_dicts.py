# Keeps primals and tangents in two dicts and joins them at the end.


def forward_sweep(program, primals, tangents):
    primals, tangents = dict(primals), dict(tangents)
    for name, operation, operands in program:
        value, partials = RULES[operation]
        values = [primals.get(operand, operand) for operand in operands]
        primals[name] = value(*values)
        tangents[name] = sum(
            partial * tangents.get(operand, 0.0)
            for partial, operand in zip(partials(*values), operands)
        )
    return {name: (primals[name], tangents[name]) for name in primals}
