# Leaves numbers out of the tangents, so that the partials slip to other operands.
# visible: a number was left out, and its partial went to the other operand
# hidden: a number was left out, and its partial went to the other operand


def forward_sweep(program, primals, tangents):
    known = {}
    for name in primals:
        known[name] = (primals[name], tangents[name])
    for name, operation, operands in program:
        value, partials = RULES[operation]
        values, moves = [], []
        for operand in operands:
            if isinstance(operand, str):
                values.append(known[operand][0])
                moves.append(known[operand][1])
            else:
                values.append(operand)
        tangent = 0.0
        for partial, move in zip(partials(*values), moves):
            tangent += partial * move
        known[name] = (value(*values), tangent)
    return known
