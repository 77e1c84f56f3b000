"""How fast the engine is: `make bench-engine`, or `python -m tests.engine.bench [table ...]`.

Every table compares contenders that compute the same, in one process, by turns. A round times each of them once, for
some milliseconds; the ratios are those of one round, and min / median / max are over the rounds. PyTorch and JAX
take part where they are installed: `pip install torch jax`.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import importlib.metadata
import platform
import statistics
import sys
import time
import tracemalloc
from functools import partial

import autograd
import autograd.numpy as anp
import numpy as np

from gradschool import forward
from gradschool.reverse import grad, hvp, value_and_grad

from . import moons

ROUNDS = 15
ROUND = 0.02  # seconds for each contender


def optional(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


torch, jax = optional("torch"), optional("jax")
if torch:
    torch.set_num_threads(1)
if jax:
    jax.config.update("jax_enable_x64", True)


# Timing.


def seconds(run, number):
    start = time.perf_counter()
    for _ in range(number):
        run()
    return (time.perf_counter() - start) / number


def by_turns(contenders, rounds=ROUNDS):
    """{name: the seconds of each round} of {name: function without arguments}."""
    numbers = {}
    for name, run in contenders.items():
        run()
        numbers[name] = max(1, int(ROUND / seconds(run, max(1, int(0.002 / (seconds(run, 1) + 1e-9))))))
    times = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            times[name].append(seconds(run, numbers[name]))
    return times


def ratios(times, name, to):
    each = [a / b for a, b in zip(times[name], times[to], strict=True)]
    return f"{min(each):8.2f} {statistics.median(each):8.2f} {max(each):8.2f}"


def table(title, contenders, to, rounds=ROUNDS):
    times = by_turns(contenders, rounds)
    print(f"\n{title}\n{'':34}{'time, min':>12}   times '{to}': min, median, max")
    for name in contenders:
        print(f"  {name:32}{readable(min(times[name])):>12}   {ratios(times, name, to)}")
    return times


def readable(time):
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if time >= size or unit == "us":
            return f"{time / size:.1f} {unit}"


# (a) Training on make_moons: the loss and its gradient.


def moons_by_hand(p, x, t):
    """The loss of moons.loss and its gradient, as one writes them by hand."""
    n, penalty = len(x), moons.PENALTY
    h = np.tanh(x @ p["w1"] + p["b1"])
    e = np.exp(h @ p["w2"] + p["b2"])
    q = e / np.sum(e, axis=1, keepdims=True)
    rows = np.arange(n)
    loss = (np.sum(-np.log(q[rows, t])) + penalty / 2 * (np.sum(p["w1"] ** 2) + np.sum(p["w2"] ** 2))) / n
    delta = q
    delta[rows, t] -= 1
    delta /= n
    back = (delta @ p["w2"].T) * (1 - h**2)
    return loss, {
        "w1": x.T @ back + penalty / n * p["w1"],
        "b1": np.sum(back, axis=0),
        "w2": h.T @ delta + penalty / n * p["w2"],
        "b2": np.sum(delta, axis=0),
    }


def moons_loss_with(o):
    """moons.loss for another library's numpy."""
    source = {**vars(moons), "np": o}
    return type(moons.loss)(moons.loss.__code__, source)


def moons_in_pytorch(p, x, t):
    x, t = torch.tensor(x), torch.tensor(t)
    w1, b1, w2, b2 = params = [torch.tensor(p[name], requires_grad=True) for name in ("w1", "b1", "w2", "b2")]

    def run():
        z = torch.tanh(x @ w1 + b1) @ w2 + b2
        entropy = torch.nn.functional.cross_entropy(z, t, reduction="sum")
        loss = (entropy + moons.PENALTY / 2 * ((w1**2).sum() + (w2**2).sum())) / len(x)
        return loss, torch.autograd.grad(loss, params)

    return run


def hvp_in_pytorch(p, x, t):
    x, t = torch.tensor(x), torch.tensor(t)
    w1, b1, w2, b2 = (torch.tensor(p[name], requires_grad=name == "w1") for name in ("w1", "b1", "w2", "b2"))

    def run():
        entropy = torch.nn.functional.cross_entropy(torch.tanh(x @ w1 + b1) @ w2 + b2, t, reduction="sum")
        loss = (entropy + moons.PENALTY / 2 * ((w1**2).sum() + (w2**2).sum())) / len(x)
        (gradient,) = torch.autograd.grad(loss, w1, create_graph=True)
        return torch.autograd.grad(gradient, w1, w1)

    return run


def moons_in_jax(p, x, t, jit):
    value_and_gradient = jax.value_and_grad(moons_loss_with(jax.numpy))
    value_and_gradient = jax.jit(value_and_gradient) if jit else value_and_gradient
    p, x, t = jax.device_put((p, x, t))
    return lambda: jax.block_until_ready(value_and_gradient(p, x, t))


def bench_moons():
    x, t = moons.DATA
    for h in (3, 50, 500):
        p = moons.start(h)
        contenders = {
            "by hand": partial(moons_by_hand, p, x, t),
            "gradschool.reverse": partial(value_and_grad(moons.loss), p, x, t),
            "autograd": partial(autograd.value_and_grad(moons_loss_with(anp)), p, x, t),
        }
        _, ours = contenders["gradschool.reverse"]()
        for name, gradient in contenders["by hand"]()[1].items():
            np.testing.assert_allclose(ours[name], gradient, rtol=1e-9, atol=1e-12)
        if torch:
            contenders["PyTorch, eager"] = moons_in_pytorch(p, x, t)
        if jax:
            contenders["JAX, jitted"] = moons_in_jax(p, x, t, jit=True)
            contenders["JAX, eager"] = moons_in_jax(p, x, t, jit=False)
        times = table(f"(a) make_moons, 2-{h}-2: loss and gradient", contenders, "by hand")
        for name in contenders:
            if name not in ("by hand", "gradschool.reverse"):
                print(f"  {name + ' / gradschool.reverse':48}{ratios(times, name, 'gradschool.reverse')}")


# (b) What a gradient costs.


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2) + np.sum((1 - x) ** 2)


def by_differences(f, x, h=1e-6):
    gradient = np.empty_like(x)
    for k in range(x.size):
        step = np.zeros_like(x)
        step[k] = h
        gradient[k] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


def bench_cost():
    print("\n(b) Rosenbrock's function of n numbers: time of the gradient over time of the function, medians")
    print(f"  {'n':>9}{'function':>14}{'reverse':>12}{'forward':>12}{'differences':>14}")
    for exponent in range(7):
        n = 10**exponent
        x = np.linspace(-1, 1, n)
        contenders = {"f": partial(rosenbrock, x), "reverse": partial(grad(rosenbrock), x)}
        if n <= 1000:
            contenders["forward"] = partial(forward.jacobian(rosenbrock), x)
            contenders["differences"] = partial(by_differences, rosenbrock, x)
            repeats = 1
        else:  # n sweeps, and 2 n evaluations, from what one takes
            contenders["forward"] = partial(forward.jvp, rosenbrock, (x,), (np.ones(n),))
            contenders["differences"] = lambda x=x: (rosenbrock(x), rosenbrock(x))
            repeats = n
        times = by_turns(contenders, 7)
        cost = {name: statistics.median(times[name]) / statistics.median(times["f"]) for name in times}
        estimated = " (n times one sweep, one pair)" if repeats > 1 else ""
        print(
            f"  {n:>9}{readable(statistics.median(times['f'])):>14}{cost['reverse']:>12.2f}"
            f"{cost['forward'] * repeats:>12.4g}{cost['differences'] * repeats:>14.4g}{estimated}"
        )
    for h in (50, 500):
        x, t = moons.DATA
        p = moons.start(h)
        gradient = partial(value_and_grad(moons.loss), p, x, t)
        contenders = {"loss": partial(moons.loss, p, x, t), "value_and_grad": gradient}
        table(f"(b) make_moons, 2-{h}-2: gradient over function", contenders, "loss")
    params, x, t = deep_net()
    contenders = {"loss": lambda: deep_loss(np, params, x, t), "value_and_grad": deep_gradient(value_and_grad, np)}
    table("(b) three layers of 512, batch of 256: gradient over function", contenders, "loss")


# (c) Deep, wide, large, second order.

LAYERS = 3


def deep_net(width=512, batch=256):
    rng = np.random.default_rng(0)
    params = [(rng.standard_normal((width, width)) / np.sqrt(width), np.zeros(width)) for _ in range(LAYERS)]
    return params, rng.standard_normal((batch, width)), rng.standard_normal((batch, width))


def deep_loss(o, params, x, t):
    for w, b in params:
        x = o.tanh(x @ w + b)
    return o.mean((x - t) ** 2)


def deep_gradient(value_and_grad, o):
    params, x, t = deep_net()
    f = value_and_grad(lambda params: deep_loss(o, params, x, t))
    return lambda: f(params)


def deep_by_hand(params, x, t):
    inputs = []
    for w, b in params:
        inputs.append(x)
        x = np.tanh(x @ w + b)
    difference = x - t
    loss = np.mean(difference**2)
    back, gradients = 2 / x.size * difference, []
    for (w, _), previous in zip(params[::-1], inputs[::-1], strict=True):
        back = back * (1 - x**2)
        gradients.append((previous.T @ back, np.sum(back, axis=0)))
        back, x = back @ w.T, previous
    return loss, gradients[::-1]


def deep_in_pytorch():
    params, x, t = deep_net()
    params = [[torch.tensor(a, requires_grad=True) for a in layer] for layer in params]
    x, t = torch.tensor(x), torch.tensor(t)

    def run():
        y = x
        for w, b in params:
            y = torch.tanh(y @ w + b)
        loss = ((y - t) ** 2).mean()
        return loss, torch.autograd.grad(loss, [a for layer in params for a in layer])

    return run


def chain(length, sin):
    def f(x):
        for _ in range(length):
            x = sin(x) * 1.1
        return x

    return f


def in_pytorch(f, x):
    x = torch.tensor(x, requires_grad=True)
    return lambda: torch.autograd.grad(f(x), x)


def entries(x):
    return sum(x[k] ** 2 for k in range(len(x)))


def terms(x):
    total = 0.0
    for k in range(300):
        total = total + x * (k / 300)
    return (total**2).sum()


def bench_shapes():
    contenders = {
        "gradschool.reverse": partial(grad(chain(5000, np.sin)), 1.0),
        "autograd": partial(autograd.grad(chain(5000, anp.sin)), 1.0),
    }
    if torch:
        contenders["PyTorch, eager"] = in_pytorch(chain(5000, torch.sin), np.array(1.0))
    table("(c) a chain of 10,000 operations on a number", contenders, "gradschool.reverse", 7)

    for title, f, n in (
        ("(c) a sum of 2,000 squared entries, taken one by one", entries, 2000),
        ("(c) a sum of 300 multiples of an array of 100,000", terms, 100_000),
    ):
        x = np.linspace(0, 1, n)
        contenders = {"gradschool.reverse": partial(grad(f), x), "autograd": partial(autograd.grad(f), x)}
        if torch:
            contenders["PyTorch, eager"] = in_pytorch(f, x)
        table(title, contenders, "gradschool.reverse", 7)

    params, x, t = deep_net()
    contenders = {
        "by hand": lambda: deep_by_hand(params, x, t),
        "gradschool.reverse": deep_gradient(value_and_grad, np),
        "autograd": deep_gradient(autograd.value_and_grad, anp),
    }
    if torch:
        contenders["PyTorch, eager"] = deep_in_pytorch()
    table("(c) three layers of 512, batch of 256: loss and gradient", contenders, "by hand", 7)

    x, t = moons.DATA
    p = moons.start(50)

    def by_w1(loss):
        return lambda w1: loss({**p, "w1": w1}, x, t)

    ours, theirs, w1 = by_w1(moons.loss), by_w1(moons_loss_with(anp)), p["w1"]
    contenders = {
        "gradient (gradschool.reverse)": partial(grad(ours), w1),
        "hvp (gradschool.forward)": partial(forward.hvp(ours), w1, w1),
        "hvp (gradschool.reverse)": partial(hvp(ours), w1, w1),
        "hvp (autograd)": partial(autograd.hessian_vector_product(theirs), w1, w1),
    }
    np.testing.assert_allclose(contenders["hvp (autograd)"](), contenders["hvp (gradschool.forward)"](), rtol=1e-9)
    if torch:
        contenders["hvp (PyTorch, eager)"] = hvp_in_pytorch(p, x, t)
    table("(c) make_moons, 2-50-2: a Hessian-vector product by w1", contenders, "gradient (gradschool.reverse)", 7)


# (d) Peak memory.


def peak(run):
    run()
    tracemalloc.start()
    run()
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size / 2**20


def bench_memory():
    params, x, t = deep_net()
    moon = moons.start(500), *moons.DATA
    wide = np.linspace(0, 1, 1_000_000)
    print("\n(d) Peak of the memory that numpy and Python allocate, MiB")
    print(f"  {'':42}{'function':>10}{'by hand':>10}{'reverse':>10}{'autograd':>10}")
    for name, *runs in (
        (
            "three layers of 512, batch of 256",
            lambda: deep_loss(np, params, x, t),
            lambda: deep_by_hand(params, x, t),
            deep_gradient(value_and_grad, np),
            deep_gradient(autograd.value_and_grad, anp),
        ),
        (
            "make_moons, 2-500-2",
            partial(moons.loss, *moon),
            partial(moons_by_hand, *moon),
            partial(value_and_grad(moons.loss), *moon),
            partial(autograd.value_and_grad(moons_loss_with(anp)), *moon),
        ),
        (
            "Rosenbrock's function of 1,000,000",
            partial(rosenbrock, wide),
            None,
            partial(grad(rosenbrock), wide),
            partial(autograd.grad(lambda x: anp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2) + anp.sum((1 - x) ** 2)), wide),
        ),
        (
            "a chain of 10,000 operations on a number",
            partial(chain(5000, np.sin), 1.0),
            None,
            partial(grad(chain(5000, np.sin)), 1.0),
            partial(autograd.grad(chain(5000, anp.sin)), 1.0),
        ),
    ):
        print(f"  {name:42}" + "".join(f"{peak(run):>10.1f}" if run else f"{'':10}" for run in runs))


TABLES = {"moons": bench_moons, "cost": bench_cost, "shapes": bench_shapes, "memory": bench_memory}


def main(names):
    if not set(names) <= set(TABLES):
        sys.exit(f"there are these tables: {', '.join(TABLES)}")
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    versions = [f"Python {platform.python_version()}", f"numpy {np.__version__} ({blas['name']} {blas['version']})"]
    versions += [f"autograd {importlib.metadata.version('autograd')}"]
    for name, module in (("torch", torch), ("jax", jax)):
        versions.append(f"{name} {module.__version__}" if module else f"{name} not installed")
    print(f"{platform.platform()}, {os.cpu_count()} cores; BLAS and PyTorch on one thread\n{', '.join(versions)}")
    for name in names or TABLES:
        TABLES[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
