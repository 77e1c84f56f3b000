# Has rules of its own, each for a pair of pairs.
import math


def forward_sweep(program, primals, tangents):
    rules = {
        "add": lambda x, y: (x[0] + y[0], x[1] + y[1]),
        "sub": lambda x, y: (x[0] - y[0], x[1] - y[1]),
        "mul": lambda x, y: (x[0] * y[0], x[1] * y[0] + x[0] * y[1]),
        "exp": lambda x: (math.exp(x[0]), math.exp(x[0]) * x[1]),
        "log": lambda x: (math.log(x[0]), x[1] / x[0]),
        "sin": lambda x: (math.sin(x[0]), math.cos(x[0]) * x[1]),
    }
    pairs = {name: [primals[name], tangents[name]] for name in primals}
    for name, operation, operands in program:
        arguments = (pairs[o] if isinstance(o, str) else (o, 0.0) for o in operands)
        pairs[name] = list(rules[operation](*arguments))
    return pairs
