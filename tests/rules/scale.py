"""The scale of confidence, fitted to what was seen: logistic regression, each document weighed by the others' rates."""

from __future__ import annotations

import math
from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grappe.extract.confidence import SIGNS, Scale
from tests.rules.observed import Seen

__all__ = ["Table", "calibration", "fit", "held_back", "written"]

_RIDGE = 2.0


def fit(read: Sequence[Seen], unread: Sequence[Seen]) -> Scale:
    """Return the scale that was seen.

    Rates are counted on all documents. The weights are fitted to all as well, each document weighed by the rates of the
    others; on documents that rules were written on (``read``) rules flatter themselves, so that two weights more say by
    how much, which are left out of the scale: it holds for documents that no rule was written on (``unread``).
    """
    weights = {}
    flattered = {one.document for one in read}
    values = [*_weighed([*read, *unread])]
    for group in ("relations", "types"):
        rows, right = [], []
        for one, told in values:
            if one.sign.group == group:
                known = float(one.document in flattered)
                rows.append((1.0, *told, known, known * told[0]))
                right.append(one.right)
        weights[group] = _logistic(rows, right)[: len(SIGNS) + 1]
    return Scale(_rates([*read, *unread]), weights)


def _weighed(seen: Sequence[Seen]) -> Iterator[tuple[Seen, tuple[float, ...]]]:
    """Yield each fact with its signs, by what all documents but its own showed."""
    every = _rates(seen)
    documents: dict[str, list[Seen]] = {}
    for one in seen:
        documents.setdefault(one.document, []).append(one)
    for facts in documents.values():
        own = _rates(facts)
        less = {name: (every[name][0] - right, every[name][1] - told) for name, (right, told) in own.items()}
        others = Scale(ChainMap(less, every))
        for one in facts:
            yield one, others.values(one.sign)


def _rates(seen: Iterable[Seen]) -> dict[str, tuple[int, int]]:
    right, spoke = Counter[str](), Counter[str]()
    for one in seen:
        sign = one.sign
        for name in (
            sign.rule,
            f"{sign.rule} {sign.about}",
            f"* {sign.about}",
            f"* {sign.about} {sign.ends}",
        ):
            spoke[name] += 1
            right[name] += one.right
    return {name: (right[name], spoke[name]) for name in sorted(spoke)}


def _logistic(rows: Sequence[Sequence[float]], right: Sequence[bool]) -> tuple[float, ...]:
    """Return weights by Newton's method; all but the constant are drawn to those that leave the seen rate alone."""
    size = len(rows[0])
    rest = [0.0, 1.0, *[0.0] * (size - 2)]
    weights = [*rest]
    for _ in range(25):
        slope = [0.0] + [_RIDGE * (rest[i] - weights[i]) for i in range(1, size)]
        curve = [[_RIDGE if i == j and i else 0.0 for j in range(size)] for i in range(size)]
        for row, said in zip(rows, right, strict=True):
            share = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, row, strict=True))))
            steep = share * (1 - share)
            for i in range(size):
                slope[i] += row[i] * (said - share)
                for j in range(i + 1):
                    curve[i][j] += row[i] * row[j] * steep
        for i in range(size):
            for j in range(i):
                curve[j][i] = curve[i][j]
        step = _solved(curve, slope)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-9:
            break
    return tuple(round(w, 3) for w in weights)


def _solved(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """Return the solution of a system of linear equations, by elimination."""
    size = len(wanted)
    rows = [[*row, value] for row, value in zip(matrix, wanted, strict=True)]
    for i in range(size):
        best = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for r in range(size):
            if r != i:
                times = rows[r][i] / rows[i][i]
                rows[r] = [a - times * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def written(scale: Scale, made_from: str) -> str:
    """Return a scale as TOML."""
    lines = [
        "# How often facts like a fact were right: written by `make rules`, read by grappe.extract.confidence.",
        f"# Made from {made_from}.",
        "# rates: of a rule, of a relation or class (*), and of both: [right, told]. weights: of the signs of a fact.",
        "",
        "[rates]",
        *(f'"{name}" = [{right}, {told}]' for name, (right, told) in scale.rates.items()),
    ]
    for group, weights in scale.weights.items():
        lines += ["", f"[weights.{group}]"]
        lines += [f"{name} = {weight}" for name, weight in zip(("constant", *SIGNS), weights, strict=True)]
    return "\n".join(lines) + "\n"


_BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.925), (0.925, 0.95), (0.95, 1.01))


#: Of each band of confidence: how many facts are in it, how many are right, how sure they are.
Table = Mapping[tuple[float, float], tuple[int, int, float]]


def calibration(seen: Iterable[Seen], scale: Scale) -> Table:
    """Return how sure facts are on a scale, and how many of them are right."""
    return _table((scale.sure(one.sign), one.right) for one in seen)


def held_back(read: Sequence[Seen], unread: Sequence[Seen]) -> Table:
    """Return the same of unread facts, each fifth of their documents held back in turn and the others learnt from."""
    documents = sorted({one.document for one in unread})
    told: list[tuple[float, bool]] = []
    for fold in range(5):
        out = {*documents[fold::5]}
        scale = fit(read, [one for one in unread if one.document not in out])
        told += [(scale.sure(one.sign), one.right) for one in unread if one.document in out]
    return _table(told)


def _table(facts: Iterable[tuple[float, bool]]) -> Table:
    out = dict.fromkeys(_BANDS, (0, 0, 0.0))
    for sure, is_right in facts:
        band = next(band for band in _BANDS if band[0] <= sure < band[1])
        told, right, total = out[band]
        out[band] = told + 1, right + is_right, total + sure
    return {band: (told, right, total / told if told else 0.0) for band, (told, right, total) in out.items()}
