"""Cross-entropy and the softmax loss: by loops, then stable and with a gradient."""

import numpy as np

from grading.exercise import Exercise
from grading.lecture03.losses.inputs import notes, shares


class CrossEntropyOf(Exercise):
    """Cross-entropy of probabilities that are given (lecture 3)."""

    reference = "chalkgrad.losses:cross_entropy_of"
    outputs = ("loss",)
    hints = (
        "Pick one probability from each row: that of the right class.",
        "Take the logarithm first and the mean last. `np.log` is the natural logarithm, which is what the loss uses.",
    )

    def cases(self, rng):
        yield "the probabilities of the notes' three pictures", self._of(**notes())
        yield ("five examples, seven classes", self._of(2 * rng.normal(size=(5, 7)), rng.integers(7, size=5)))
        yield "one example", self._of(rng.normal(size=(1, 4)), np.array([1]))

    def _of(self, scores, y):
        return dict(probabilities=shares(scores), y=y)


class SoftmaxLossNaive(Exercise):
    """The softmax loss by loops, straight from the formula (lecture 3)."""

    reference = "chalkgrad.losses:softmax_loss_naive"
    outputs = ("loss",)
    hints = (
        "One example at a time: exponentiate, divide by the sum, take −log of the right class's share.",
        "The sum in the denominator runs over all classes, the right one included.",
        "Add up `-np.log(np.exp(scores[i, y[i]]) / total)` over the examples and divide by N at the end.",
    )

    def cases(self, rng):
        yield "the cat, car and frog of the notes", notes()
        yield ("five examples, seven classes", dict(scores=rng.normal(size=(5, 7)), y=rng.integers(7, size=5)))
        yield "one example", dict(scores=rng.normal(size=(1, 4)), y=np.array([0]))
        yield "all scores zero", dict(scores=np.zeros((4, 6)), y=np.array([5, 0, 2, 2]))


class SoftmaxLoss(Exercise):
    """The softmax loss and its gradient, stable for scores of any size (lecture 3)."""

    reference = "chalkgrad.losses:softmax_loss"
    outputs = ("loss", "dscores")
    hints = (
        "Subtract each row's own largest score first (`keepdims=True` keeps it a column). Nothing changes but the overflow.",
        "log p = shifted − log Σ exp(shifted). Taking the log of p itself fails once p has become 0.",
        "The gradient is (p − 1 at the right class) / N; both parts are divided by N.",
    )

    def cases(self, rng):
        yield "the cat, car and frog of the notes", notes()
        yield ("five examples, seven classes", dict(scores=2 * rng.normal(size=(5, 7)), y=rng.integers(7, size=5)))
        yield "one example", dict(scores=rng.normal(size=(1, 4)), y=np.array([2]))
        yield ("scores in the thousands", dict(scores=2000 * rng.normal(size=(4, 5)), y=np.array([4, 0, 1, 1])))
        offsets = np.array([[0.0], [3000.0], [-3000.0]])
        yield ("rows that lie far apart", dict(scores=rng.normal(size=(3, 6)) + offsets, y=np.array([5, 0, 3])))
