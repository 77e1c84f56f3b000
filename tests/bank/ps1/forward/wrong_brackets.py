# Divides f(x) alone by h.
# visible: wrong
# hidden: only f(x) was divided by h: brackets are missing
def forward_difference(f, x, h):
    return f(x + h) - f(x) / h
