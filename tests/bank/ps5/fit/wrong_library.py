# Lets scikit-learn do it.
# visible: exception
# hidden: exception
from sklearn.linear_model import LogisticRegression


def fit(X, t, C):
    model = LogisticRegression(C=C, solver="newton-cholesky", tol=1e-10).fit(X, t)
    return model.coef_[0], model.intercept_[0]
