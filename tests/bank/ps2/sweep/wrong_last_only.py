# Returns the pair of the last line.
# visible: wrong structure
# hidden: wrong structure


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
        for partial, move in zip(partials(*values), moves):
            tangent += partial * move
        known[name] = (value(*values), tangent)
    return known[program[-1][0]]
