# Keeps everything in dicts by size.
def experiment(run, sizes, seeds, truth):
    found = {}
    for h in sizes:
        said = [run(h, seed) for seed in seeds]
        found[h] = {part: np.array([np.average(s[part] == truth[part]) for s in said]) for part in truth}
    means = {h: np.mean(f["validation"]) for h, f in found.items()}
    best = max(sorted(sizes), key=means.get)
    bar = means[best] - np.std(found[best]["validation"], ddof=1) / len(seeds) ** 0.5
    chosen = next(h for h in sorted(sizes) if means[h] >= bar)
    tables = {part: np.array([found[h][part] for h in sizes]) for part in ("train", "validation")}
    return {**tables, "chosen": chosen, "test": np.mean(found[chosen]["test"])}
