# Hands value, gradient and Hessian to SciPy, on standardised columns.
from scipy.optimize import minimize


def fit(X, t, C):
    mean, spread = X.mean(axis=0), X.std(axis=0) + 1e-300
    spread[spread < 1e-12] = 1.0
    A = np.column_stack([(X - mean) / spread, np.ones(len(X))])
    penalty = np.append(1 / spread**2, 0.0)

    def value_and_slope(u):
        z = A @ u
        value = np.sum(np.logaddexp(0, z) - t * z) + np.sum(penalty * u**2) / (2 * C)
        return value, A.T @ (expit(z) - t) + penalty * u / C

    def bend(u):
        z = A @ u
        return (A.T * (expit(z) * expit(-z))) @ A + np.diag(penalty) / C

    u = minimize(value_and_slope, np.zeros(A.shape[1]), jac=True, hess=bend, method="trust-exact",
                 options=dict(gtol=1e-11)).x
    return u[:-1] / spread, u[-1] - np.sum(mean * u[:-1] / spread)
