# Takes the partials at the tangents.
# visible: the partials were taken at the tangents, where they belong at the values
# hidden: wrong


def forward_sweep(program, primals, tangents):
    values = {}
    for name in primals:
        values[name] = (primals[name], tangents[name])
    for name, op, operands in program:
        pairs = []
        for o in operands:
            if isinstance(o, str):
                pairs.append(values[o])
            else:
                pairs.append((o, 0))
        value, partials = RULES[op]
        xs = [p[0] for p in pairs]
        v = value(*xs)
        t = sum(p * pair[1] for p, pair in zip(partials(*[p[1] for p in pairs]), pairs))
        values[name] = (v, t)
    return values
