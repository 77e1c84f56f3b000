# Fetches pairs with a helper and takes a dot product.
import numpy as np


def forward_sweep(program, primals, tangents):
    known = {name: (primals[name], tangents[name]) for name in primals}

    def fetch(operand):
        return known[operand] if type(operand) is str else (operand, 0.0)

    for name, operation, operands in program:
        values, moves = np.array([fetch(operand) for operand in operands]).T
        value, partials = RULES[operation]
        known[name] = (value(*values), np.dot(partials(*values), moves))
    return known
