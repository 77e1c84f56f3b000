# Compares accuracies with the labels of another part: a slip in the key.
# visible: the labels of all parts were compared with the true labels of the validation part
# hidden: wrong
def experiment(run, sizes, seeds, truth):
    runs = [[run(h, seed) for seed in seeds] for h in sizes]
    table = {
        part: np.array([[np.mean(said[part][: len(truth["validation"])] == truth["validation"][: len(said[part])]) for said in row] for row in runs])
        for part in ("train", "validation", "test")
    }
    by = table["validation"]
    mean, error = by.mean(axis=1), by.std(axis=1, ddof=1) / np.sqrt(len(seeds))
    best = min((i for i in range(len(sizes)) if mean[i] == max(mean)), key=lambda i: sizes[i])
    chosen = min((i for i in range(len(sizes)) if mean[i] >= mean[best] - error[best]), key=lambda i: sizes[i])
    return {
        "train": table["train"],
        "validation": table["validation"],
        "chosen": sizes[chosen],
        "test": np.mean(table["test"][chosen]),
    }
