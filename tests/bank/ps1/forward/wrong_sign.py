# Subtracts the later value from the earlier one.
# visible: sign turned
# hidden: sign turned
def forward_difference(f, x, h):
    return (f(x) - f(x + h)) / h
