# Prints the answer, returns nothing.
# visible: wrong type
# hidden: wrong type
def forward_difference(f, x, h):
    print((f(x + h) - f(x)) / h)
