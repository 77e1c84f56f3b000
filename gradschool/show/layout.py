"""Where the nodes and edges of a graph are drawn: in layers, as Sugiyama, Tagawa and Toda (1981) do it.

1. A node's layer is one beyond the furthest of the nodes that it depends on.
2. An edge over several layers gets a bend in each layer between. All edges of a node share their bends, so that a
   value that is used often has one trunk with many branches.
3. Within a layer nodes are ordered by the mean place of their neighbours, layer by layer, forwards and backwards, as
   long as fewer edges cross.
4. Across, each is drawn towards its neighbours, as far as the order and the space between them allow.

All is in two coordinates: `along` the way of the computation, and `across` it. The drawing says which is right.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

BEND = 16  # across, what is kept free for an edge that passes a layer
SPACE = 18  # across, between two neighbours
GAP = 44  # along, between two layers at least
PORT = 18  # across, between the ends of two edges at a node


@dataclass(frozen=True)
class Box:
    """A node's place: its middle and its size."""

    along: float
    across: float
    length: float
    breadth: float


@dataclass(frozen=True)
class Layout:
    """boxes : of the nodes. routes : of the edges, lists of points (along, across), straight and bent in turn."""

    boxes: list[Box]
    routes: list[list[tuple[float, float]]]
    length: float
    breadth: float


def layout(sizes, edges, labels=None):
    """Lays out a graph whose nodes stand in an order in which they can be computed.

    sizes : (length, breadth) of each node. edges : (from, to), numbers of nodes. labels : length of each edge's label.
    """
    rank = _ranks(len(sizes), edges)
    before, last = _bends(rank, edges)
    layers = _layers(rank)
    links = sorted({*((start, bend) for bend, start in before.items()), *zip(last, (b for _, b in edges), strict=True)})
    _reduce_crossings(layers, links, rank)
    breadths = [breadth for _, breadth in sizes] + [BEND] * (len(rank) - len(sizes))
    across = _settle(layers, links, breadths, len(sizes))
    lengths = [max((sizes[k][0] for k in layer if k < len(sizes)), default=0) for layer in layers]
    gaps = [GAP] * len(layers)
    for (_, end), label in zip(edges, labels or [0] * len(edges), strict=True):
        gaps[rank[end] - 1] = max(gaps[rank[end] - 1], label + 36)
    starts = [0.0]
    for length, gap in zip(lengths, gaps, strict=True):
        starts.append(starts[-1] + length + gap)
    boxes = [
        Box(starts[rank[k]] + lengths[rank[k]] / 2, across[k], lengths[rank[k]], breadths[k]) for k in range(len(sizes))
    ]
    spans = [(starts[layer], starts[layer] + lengths[layer]) for layer in rank]
    routes = _routes(edges, before, last, boxes, across, spans)
    breadth = max(across[k] + breadths[k] / 2 for k in range(len(rank)))
    return Layout(boxes, routes, starts[-1] - gaps[-1], breadth)


def _ranks(n, edges):
    rank, before = [0] * n, defaultdict(list)
    for start, end in edges:
        before[end].append(start)
    for k in range(n):
        rank[k] = max((rank[start] + 1 for start in before[k]), default=0)
    return rank


def _bends(rank, edges):
    """Adds the bends to rank, after the nodes. Returns what comes before each bend, and before the end of each edge."""
    before, last, trunks = {}, [], {}
    for start, end in edges:
        trunk = trunks.setdefault(start, [start])
        for layer in range(rank[trunk[-1]] + 1, rank[end]):
            before[len(rank)] = trunk[-1]
            trunk.append(len(rank))
            rank.append(layer)
        last.append(trunk[rank[end] - rank[start] - 1])
    return before, last


def _layers(rank):
    layers = [[] for _ in range(max(rank) + 1)]
    for k, layer in enumerate(rank):
        layers[layer].append(k)
    return layers


def _neighbours(links):
    before, after = defaultdict(list), defaultdict(list)
    for start, end in links:
        before[end].append(start)
        after[start].append(end)
    return before, after


def _reduce_crossings(layers, links, rank, sweeps=8):
    """Reorders each layer, in place."""
    before, after = _neighbours(links)
    best, fewest = [list(layer) for layer in layers], _crossings(layers, links, rank)
    for sweep in range(sweeps):
        if fewest == 0:
            break
        forwards = sweep % 2 == 0
        place = _places(layers)
        for layer in layers if forwards else reversed(layers):
            beside = before if forwards else after
            mean = {k: sum(place[j] for j in beside[k]) / len(beside[k]) if beside[k] else place[k] for k in layer}
            layer.sort(key=mean.get)
            place.update({k: i for i, k in enumerate(layer)})
        crossings = _crossings(layers, links, rank)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in layers], crossings
    layers[:] = best


def _places(layers):
    return {k: i for layer in layers for i, k in enumerate(layer)}


def _crossings(layers, links, rank):
    place, between = _places(layers), defaultdict(list)
    for start, end in links:
        between[rank[start]].append((place[start], place[end]))
    crossings = 0
    for ends in between.values():
        seen = []
        for _, end in sorted(ends):
            crossings += len(seen) - bisect_right(seen, end)
            insort(seen, end)
    return crossings


def _settle(layers, links, breadths, nodes, rounds=25):
    """The place of each node across: as near as may be to the mean of its neighbours, for some rounds.

    In the last round only what comes before counts, so that chains are straight, and nodes give way to trunks.
    """
    before, after = _neighbours(links)
    across = [0.0] * len(breadths)
    for layer in layers:
        for k, place in zip(layer, _spread([0.0] * len(layer), [1] * len(layer), layer, breadths), strict=True):
            across[k] = place
    for turn in range(rounds):
        forwards, last = turn % 2 == 0, turn == rounds - 1
        for layer in layers if forwards else reversed(layers):
            beside = {k: before[k] if last else before[k] + after[k] for k in layer}
            wanted = [sum(across[j] for j in beside[k]) / len(beside[k]) if beside[k] else across[k] for k in layer]
            weights = [1e6 if last and k >= nodes else 1 for k in layer]
            for k, place in zip(layer, _spread(wanted, weights, layer, breadths), strict=True):
                across[k] = place
    top = min(place - breadth / 2 for place, breadth in zip(across, breadths, strict=True))
    return [round(place - top, 1) for place in across]


def _spread(wanted, weights, layer, breadths):
    """Places in the given order with enough space between, nearest to the wanted ones by weighted least squares.

    Less what must lie between, places only have to ascend: neighbours that want to pass each other pool at their mean.
    """
    offsets = [0.0]
    for a, b in pairwise(layer):
        offsets.append(offsets[-1] + (breadths[a] + breadths[b]) / 2 + SPACE)
    pools = []  # (mean of what its members want, their weight, how many they are)
    for want, offset, weight in zip(wanted, offsets, weights, strict=True):
        pool = want - offset, weight, 1
        while pools and pools[-1][0] > pool[0]:
            (a, u, m), (b, v, n) = pools.pop(), pool
            pool = (u * a + v * b) / (u + v), u + v, m + n
        pools.append(pool)
    means = [mean for mean, _, members in pools for _ in range(members)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def _routes(edges, before, last, boxes, across, spans):
    """Each edge leaves its node in the middle, passes layers straight, and ends at a port of its own.

    spans : where the layer of each node and bend starts and ends.
    """
    arriving, ports = defaultdict(list), {}
    for edge, (_, end) in enumerate(edges):
        arriving[end].append(edge)
    for node, ends in arriving.items():
        step = min(PORT, boxes[node].breadth / (len(ends) + 1))
        for i, edge in enumerate(sorted(ends, key=lambda edge: across[last[edge]])):
            ports[edge] = across[node] + (i - (len(ends) - 1) / 2) * step
    trunks = {node: [(spans[node][1], across[node])] for node in range(len(boxes))}
    for bend, previous in before.items():
        *points, end = trunks[previous]
        (enter, leave), place = spans[bend], across[bend]
        straight_on = points and end[1] == place
        trunks[bend] = [*points, (leave, place)] if straight_on else [*points, end, (enter, place), (leave, place)]
    return [[*trunks[last[edge]], (spans[end][0], ports[edge])] for edge, (_, end) in enumerate(edges)]
