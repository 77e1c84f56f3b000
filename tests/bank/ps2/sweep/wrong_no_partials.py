# Adds up the tangents without their partials.
# visible: tangents were added without their partials
# hidden: tangents were added without their partials


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
            tangent += move
        known[name] = (value(*values), tangent)
    return known
