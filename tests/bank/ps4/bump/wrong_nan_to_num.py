# Replaces nan in the result, where there is none.
# visible: nothing is mended: nan at the centre, at distance 1 and beyond
# hidden: nothing is mended: nan at the centre, at distance 1 and beyond
def bump(X, c):
    return np.nan_to_num(bump_given(X, c))
