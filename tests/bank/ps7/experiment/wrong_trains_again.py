# Trains anew for each table.
# visible: too many evaluations
# hidden: too many evaluations
def experiment(run, sizes, seeds, truth):
    table = {
        part: np.array([[np.mean(run(h, seed)[part] == truth[part]) for seed in seeds] for h in sizes])
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
