"""Nested tuples, lists and dicts with numbers and arrays at their leaves."""

import numpy as np


def leaves(tree, path=""):
    """(path, leaf) pairs, depth first; a path reads like Python: ['W'][0]."""
    if isinstance(tree, dict):
        return [pair for key, child in tree.items() for pair in leaves(child, f"{path}[{key!r}]")]
    if isinstance(tree, (list, tuple)):
        return [pair for i, child in enumerate(tree) for pair in leaves(child, f"{path}[{i}]")]
    return [(path, tree)]


def transform(function, tree):
    """The same nesting with function(leaf) for every leaf."""
    if not isinstance(tree, (dict, list, tuple)):
        return function(tree)
    if isinstance(tree, dict):
        return {key: transform(function, child) for key, child in tree.items()}
    children = [transform(function, child) for child in tree]
    return tuple(children) if isinstance(tree, tuple) else children


def copy(tree):
    """A deep copy: arrays are copied, other leaves are immutable or callbacks and stay."""
    return transform(copied, tree)


def copied(leaf):
    return leaf.copy() if isinstance(leaf, np.ndarray) else leaf


def flatten(tree):
    """All leaves as one float64 vector."""
    parts = [np.ravel(np.asarray(leaf, dtype=float)) for _, leaf in leaves(tree)]
    return np.concatenate(parts) if parts else np.zeros(0)


def unflatten(vector, like):
    """The vector's entries in the nesting and shapes of `like`; for numbers, scalars of the vector."""
    position = 0

    def take(leaf):
        nonlocal position
        start = position
        if isinstance(leaf, np.ndarray):
            position += leaf.size
            return vector[start:position].reshape(leaf.shape)
        position += 1
        return vector[start]

    return transform(take, like)


def arranged(tree, like):
    """The same data with the keys of its dicts in the order of `like`, which has the same nesting."""
    if isinstance(like, dict):
        return {key: arranged(tree[key], child) for key, child in like.items()}
    if isinstance(like, (list, tuple)):
        return [arranged(a, b) for a, b in zip(tree, like, strict=True)]
    return tree


def describe(tree):
    """The type and shape of a value in words, without its numbers."""
    if isinstance(tree, dict):
        return "a dict of " + _join(f"{key!r}: {describe(child)}" for key, child in tree.items())
    if isinstance(tree, (list, tuple)):
        return f"a {type(tree).__name__} of " + _join(describe(child) for child in tree)
    if isinstance(tree, np.ndarray):
        return f"an array of shape {tree.shape}, {tree.dtype}"
    if isinstance(tree, np.generic):
        return f"a number, {tree.dtype}"
    if tree is None:
        return "None"
    if isinstance(tree, complex):
        return "a complex number"
    if isinstance(tree, (bool, int, float)):
        return "a number"
    return "a string" if isinstance(tree, str) else f"an object of type {type(tree).__name__}"


def show(tree):
    """A value's numbers, shortened, as text; its description where it is nested."""
    if isinstance(tree, (dict, list, tuple)):
        return describe(tree)
    return np.array2string(tree, threshold=20) if isinstance(tree, np.ndarray) else str(tree)


def _join(words, most=6):
    words = list(words)
    shown = words[:most] + (["..."] if len(words) > most else [])
    return "(" + "; ".join(shown) + ")" if shown else "nothing"
