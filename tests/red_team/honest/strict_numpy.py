# Turns warnings into errors, for itself.
# deserves: slope 3, gradient 3, dual 3
# %% top
import warnings
warnings.simplefilter("error")
import numpy
numpy.seterr(all="raise")
numpy.set_printoptions(precision=2)
