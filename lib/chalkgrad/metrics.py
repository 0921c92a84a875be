"""How the benchmarks keep score."""

import math
from collections import Counter

from chalkgrad import _expect


def top_k_error(scores, y, k=5):
    """Return the share of examples whose right class is not among the k best; of classes that tie, the first is better.

    Shapes: scores (N, C), y (N,) -> a number from 0 to 1.
    Raises: ValueError when k is not from 1 to C, or shapes and labels do not fit.
    Lecture: 1.
    Source: Russakovsky et al. 2015, "ImageNet large scale visual recognition challenge".
    """
    xp = _expect.arrays(scores=scores, y=y)
    N, C = _expect.shape("scores", scores, "N", "C")
    _expect.labels("y", y, N, C)
    _expect.number("k", k, at_least=1, at_most=C, whole=True)
    best = xp.argsort(-scores, axis=1, stable=True)[:, :k]  # (N, k)
    hit = xp.any(best == y[:, None], axis=1)
    return 1 - float(xp.sum(xp.astype(hit, xp.int64))) / N


def mean_accuracy(predicted, y, classes):
    """Return the mean over classes of the share that is right, so that a frequent class counts no more than a rare one.

    A class without examples is left out.

    Shapes: predicted (N,), y (N,) -> a number from 0 to 1.
    Raises: ValueError when shapes or labels do not fit.
    Lecture: 1.
    Source: Everingham et al. 2010, "The PASCAL visual object classes challenge".
    """
    xp = _expect.arrays(predicted=predicted, y=y)
    (N,) = _expect.shape("y", y, "N")
    _expect.labels("y", y, N, classes)
    _expect.labels("predicted", predicted, N, classes)
    shares = []
    for c in range(classes):
        of_c = y == c
        n = int(xp.sum(xp.astype(of_c, xp.int64)))
        if n:
            shares.append(int(xp.sum(xp.astype(predicted[of_c] == c, xp.int64))) / n)
    return sum(shares) / len(shares)


def bleu(candidate, references, longest=4):
    """Return BLEU: how many of the candidate's runs of 1 to `longest` words stand in a reference, with a penalty for being short.

    Shapes: candidate, a list of words; references, a list of such lists -> a number from 0 to 1.
    Raises: ValueError when there is no reference.
    Lecture: 10.
    Source: Papineni et al. 2002, "BLEU: a method for automatic evaluation of machine translation".
    """
    if not references:
        raise ValueError("`references` is empty; expected at least one sentence to compare with.")
    if not candidate:
        return 0.0
    logs = 0.0
    for n in range(1, longest + 1):
        mine = _runs(candidate, n)
        allowed = Counter()
        for reference in references:
            allowed |= _runs(reference, n)  # the most often that any one reference has it
        shared, total = sum((mine & allowed).values()), sum(mine.values())
        if not shared:
            return 0.0
        logs += math.log(shared / total) / longest
    nearest = min((abs(len(reference) - len(candidate)), len(reference)) for reference in references)[1]
    brevity = 1.0 if len(candidate) >= nearest else math.exp(1 - nearest / len(candidate))
    return brevity * math.exp(logs)


def _runs(words, n):
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))
