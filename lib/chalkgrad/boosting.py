"""Boosting: many rules that are barely better than a coin, added up into one that is good.

After each round, the examples that went wrong weigh more, so that the next rule looks at them. A cascade puts small strong classifiers
in a row: most of a picture is no face, and should be sent away after a question or two.
"""

import math
from dataclasses import dataclass

import numpy as np

from chalkgrad import _expect


@dataclass(frozen=True)
class Stump:
    """One feature, one threshold: +1 where sign · value < sign · threshold, else −1.

    Shapes: predict(features (N, D)) -> (N,) of +1 and −1.
    Lecture: 1.
    Source: Viola & Jones 2001, "Rapid object detection using a boosted cascade of simple features".
    """

    feature: int
    threshold: float
    sign: int

    def predict(self, features):
        """Say +1 or −1 for each example."""
        return np.where(self.sign * features[:, self.feature] < self.sign * self.threshold, 1, -1)


def best_stump(features, labels, weights):
    """Return the stump with the smallest weighted error, and that error; the first one at a tie.

    Each feature is sorted once; running sums then give the error of every threshold, half way between neighbouring values.

    Shapes: features (N, D), labels (N,) of +1 and −1, weights (N,) ≥ 0 -> Stump, a number.
    Raises: ValueError when labels are not +1 and −1 or weights are negative.
    Lecture: 1.
    Source: Viola & Jones 2001, section 3.
    """
    N, D = _checked(features, labels)
    _expect.shape("weights", weights, "N", N=N)
    if (weights < 0).any() or weights.sum() <= 0:
        raise ValueError(
            "`weights` has a negative entry or adds up to 0; expected weights at or above 0 with a positive sum."
        )
    weights = weights / weights.sum()
    best, lowest = None, math.inf
    positive = weights[labels > 0].sum()
    for d in range(D):
        order = np.argsort(features[:, d], kind="stable")
        values, signed = features[order, d], (weights * labels)[order]
        # Below the cut everything is called +1: the error is the positives above it and the negatives below it.
        errors = positive - np.concatenate([[0.0], np.cumsum(signed)])  # (N + 1,), cut before entry i
        cuts = np.concatenate([[values[0] - 1], (values[1:] + values[:-1]) / 2, [values[-1] + 1]])
        possible = np.concatenate([[True], values[1:] > values[:-1], [True]])  # no cut between equal values
        for sign, error in ((1, errors), (-1, 1 - errors)):
            i = int(np.argmin(np.where(possible, error, math.inf)))
            if error[i] < lowest - 1e-12:
                best, lowest = Stump(d, float(cuts[i]), sign), float(error[i])
    return best, max(lowest, 0.0)


@dataclass(frozen=True)
class Strong:
    """A weighted vote of stumps: +1 where Σ αₜ hₜ reaches the threshold.

    Shapes: score(features (N, D)) -> (N,); predict -> (N,) of +1 and −1.
    Lecture: 1.
    Source: Freund & Schapire 1997, "A decision-theoretic generalization of on-line learning".
    """

    stumps: tuple
    alphas: tuple
    threshold: float = 0.0

    def score(self, features):
        """The weighted vote of each example."""
        return sum(alpha * stump.predict(features) for alpha, stump in zip(self.alphas, self.stumps, strict=True))

    def predict(self, features):
        """Say +1 or −1 for each example."""
        return np.where(self.score(features) >= self.threshold, 1, -1)


def adaboost(features, labels, rounds):
    """Return a strong classifier of up to `rounds` stumps; it stops early when one of them makes no error.

    αₜ = ½ log((1 − ε) / ε); then wrong examples are multiplied by e^α, right ones by e^−α, and all are made to add up to 1.

    Shapes: features (N, D), labels (N,) of +1 and −1 -> Strong.
    Raises: ValueError when labels are not +1 and −1 or rounds is below 1.
    Lecture: 1.
    Source: Freund & Schapire 1997.
    """
    N, _ = _checked(features, labels)
    weights, stumps, alphas = np.full(N, 1 / N), [], []
    for _ in range(_expect.number("rounds", rounds, at_least=1, whole=True)):
        stump, error = best_stump(features, labels, weights)
        if error >= 0.5 and stumps:
            break  # nothing left that is better than a coin
        error = max(error, 1e-10)  # a rule without error gets a large vote, not an infinite one
        alpha = 0.5 * math.log((1 - error) / error)
        stumps.append(stump)
        alphas.append(alpha)
        if error <= 1e-10:
            break
        weights = weights * np.exp(-alpha * labels * stump.predict(features))
        weights /= weights.sum()
    return Strong(tuple(stumps), tuple(alphas))


class Cascade:
    """Strong classifiers in a row; an example is positive when all of them say so, and gone at the first no.

    Each stage is trained on the positives and on the negatives that have got through so far, and its threshold is lowered until
    it keeps the share `keep` of the positives.

    Shapes: train(features (N, D), labels (N,)); predict(features) -> (N,), questions asked of each (N,).
    Raises: ValueError when predict comes before train.
    Lecture: 1.
    Source: Viola & Jones 2001, section 4.
    """

    def __init__(self, rounds=(1, 5, 20), keep=0.99):
        self.rounds, self.keep, self.stages = rounds, _expect.number("keep", keep, above=0, at_most=1), []

    def train(self, features, labels):
        """Train stage after stage, until no negative gets through."""
        _checked(features, labels)
        self.stages = []
        positive, negative = features[labels > 0], features[labels < 0]
        for rounds in self.rounds:
            if not len(negative):
                break
            both = np.concatenate([positive, negative])
            signs = np.concatenate([np.ones(len(positive), int), -np.ones(len(negative), int)])
            strong = adaboost(both, signs, rounds)
            scores = np.sort(strong.score(positive))
            lost = math.floor((1 - self.keep) * len(scores))
            stage = Strong(strong.stumps, strong.alphas, min(0.0, float(scores[lost])))
            self.stages.append(stage)
            negative = negative[stage.predict(negative) > 0]
        return self

    def predict(self, features):
        """Say +1 or −1 for each example, and how many stumps were asked."""
        if not self.stages:
            raise ValueError("the cascade has no stages yet; call train first.")
        alive, asked = np.ones(len(features), bool), np.zeros(len(features), int)
        for stage in self.stages:
            asked[alive] += len(stage.stumps)
            alive[alive] = stage.predict(features[alive]) > 0
        return np.where(alive, 1, -1), asked


def _checked(features, labels):
    _expect.arrays(features=features, labels=labels)
    _expect.floats(features=features)
    N, D = _expect.shape("features", features, "N", "D")
    _expect.shape("labels", labels, "N", N=N)
    if not np.isin(labels, (-1, 1)).all():
        raise ValueError("`labels` has entries other than +1 and −1; boosting tells two classes apart.")
    return N, D
