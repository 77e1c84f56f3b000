# Leaves numpy's standard deviation as it comes.
# visible: the standard deviation has R under the root, not R - 1
# hidden: the standard deviation has R under the root, not R - 1
def experiment(run, sizes, seeds, truth):
    runs = [[run(h, seed) for seed in seeds] for h in sizes]
    table = {
        part: np.array([[np.mean(said[part] == truth[part]) for said in row] for row in runs])
        for part in ("train", "validation", "test")
    }
    by = table["validation"]
    mean, error = by.mean(axis=1), by.std(axis=1) / np.sqrt(len(seeds))
    best = min((i for i in range(len(sizes)) if mean[i] == max(mean)), key=lambda i: sizes[i])
    chosen = min((i for i in range(len(sizes)) if mean[i] >= mean[best] - error[best]), key=lambda i: sizes[i])
    return {
        "train": table["train"],
        "validation": table["validation"],
        "chosen": sizes[chosen],
        "test": np.mean(table["test"][chosen]),
    }
