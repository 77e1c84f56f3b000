# Unpacks two operands, though some operations have one.
# visible: exception
# hidden: exception


def forward_sweep(program, primals, tangents):
    out = {name: (primals[name], tangents[name]) for name in primals}
    def pair(o):
        return out[o] if isinstance(o, str) else (o, 0.0)
    for name, op, (left, right) in program:
        (u, du), (v, dv) = pair(left), pair(right)
        value, partials = RULES[op]
        pu, pv = partials(u, v)
        out[name] = (value(u, v), pu * du + pv * dv)
    return out
