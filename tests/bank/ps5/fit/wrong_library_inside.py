# Imports scikit-learn inside the function.
# visible: exception
# hidden: exception
def fit(X, t, C):
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=C, max_iter=10_000).fit(X, t)
    return model.coef_.ravel(), float(model.intercept_[0])
