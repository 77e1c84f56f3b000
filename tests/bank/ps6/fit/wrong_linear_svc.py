# Leaves it to LinearSVC.
# visible: exception
# hidden: exception
def fit(X, y, C):
    from sklearn.svm import LinearSVC

    model = LinearSVC(loss="hinge", C=C).fit(X, y)
    return np.append(model.coef_[0], model.intercept_[0])
