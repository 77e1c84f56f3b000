# Sorts pairs of size and row, and keeps the tables as they are.
def experiment(run, sizes, seeds, truth):
    shape = len(sizes), len(seeds)
    train, validation, test = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for i, h in enumerate(sizes):
        for j, seed in enumerate(seeds):
            said = run(h, seed)
            for name, table in (("train", train), ("validation", validation), ("test", test)):
                table[i, j] = np.sum(said[name] == truth[name]) / len(truth[name])
    order = np.argsort(sizes)
    means = validation[order].mean(axis=1)
    top = order[np.argmax(means)]
    deviations = validation[top] - validation[top].mean()
    error = np.sqrt(np.sum(deviations**2) / (len(seeds) - 1) / len(seeds))
    first = order[np.argmax(means >= means.max() - error)]
    return {"train": train, "validation": validation, "chosen": int(sizes[first]), "test": float(test[first].mean())}
