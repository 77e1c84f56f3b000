# Pairs partials and operands in opposite orders.
# visible: the partials changed places
# hidden: the partials changed places


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
                moves.append(0.0)
        tangent = 0.0
        for partial, move in zip(partials(*values), reversed(moves)):
            tangent += partial * move
        known[name] = (value(*values), tangent)
    return known
