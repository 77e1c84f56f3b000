# Mixes up the classes.
# visible: the classes 0 and 1 changed places
# hidden: the classes 0 and 1 changed places
def log_loss(z, t):
    return np.sum(np.logaddexp(0, np.where(t == 1, z, -z)))
