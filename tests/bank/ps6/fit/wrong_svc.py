# Leaves it to SVC.
# visible: exception
# hidden: exception
def fit(X, y, C):
    from sklearn.svm import SVC

    model = SVC(kernel="linear", C=C).fit(X, y)
    return np.append(model.coef_[0], model.intercept_[0])
