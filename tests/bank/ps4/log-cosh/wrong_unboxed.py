# Computes the rule with plain numbers, so it cannot be differentiated again.
# visible: the rule itself cannot be differentiated
# hidden: the rule itself cannot be differentiated
from autograd.tracer import getval


@primitive
def log_cosh(x):
    return np.logaddexp(x, -x) - np.log(2.0)

defvjp(log_cosh, lambda ans, x: lambda g: g * np.tanh(getval(x)))
