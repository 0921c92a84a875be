"""Exercises of `lecture03/losses`: the SVM and softmax losses, their gradients, and what is added to keep W simple."""

import numpy as np

from chalkgrad.losses import softmax, softmax_loss, svm_loss, svm_loss_naive
from chalkgrad.regularizers import elastic_net, l1, l2
from grading.check import checker
from grading.exercise import Exercise, Question

CAT_CAR_FROG = ((3.2, 5.1, -1.7), (1.3, 4.9, 2.0), (2.2, 2.5, -3.1))
"""The notes' scores: a row for each picture (cat, car, frog), a column for each class in the same order."""


def notes():
    """The notes' three examples, as fresh arrays."""
    return dict(scores=np.array(CAT_CAR_FROG), y=np.array([0, 1, 2]))


class SvmLossNaive(Exercise):
    """The multiclass SVM loss by two loops (lecture 3)."""

    reference = "chalkgrad.losses:svm_loss_naive"
    outputs = ("loss",)
    hints = (
        "Work out the cat by hand first: two terms, one for car and one for frog.",
        "Two loops: over examples `i`, and over classes `j`. Which `j` does the sum leave out?",
        "Add `max(0, scores[i, j] - scores[i, y[i]] + 1)` for every `j != y[i]`, and divide by N once, at the end.",
    )

    def cases(self, rng):
        yield "the cat, car and frog of the notes", notes()
        yield "five examples, seven classes", dict(scores=rng.normal(size=(5, 7)), y=rng.integers(7, size=5))
        yield "one example", dict(scores=rng.normal(size=(1, 4)), y=np.array([3]))
        yield "all scores zero", dict(scores=np.zeros((4, 6)), y=np.array([5, 0, 2, 2]))


class SvmLoss(Exercise):
    """The multiclass SVM loss and its gradient, without loops (lecture 3)."""

    reference = "chalkgrad.losses:svm_loss"
    outputs = ("loss", "dscores")
    hints = (
        "`scores[np.arange(N), y]` picks the right class's score in each row. Its shape is (N,); make it a column.",
        "Set the right class's margin to 0 before summing. A margin above 0 adds 1/N to its score's gradient.",
        "The right class's score appears in every positive margin of its row, each time with a minus sign: count them.",
    )

    def cases(self, rng):
        yield "the cat, car and frog of the notes", notes()
        yield "five examples, seven classes", dict(scores=2 * rng.normal(size=(5, 7)), y=rng.integers(7, size=5))
        yield "one example", dict(scores=rng.normal(size=(1, 4)), y=np.array([3]))
        yield "scores that tie", dict(scores=np.repeat(rng.normal(size=(6, 1)), 3, axis=1), y=rng.integers(3, size=6))
        yield "every second row and column of a larger array", dict(
            scores=3 * rng.normal(size=(8, 10))[::2, ::2], y=rng.integers(5, size=4)
        )


class SquaredHingeLoss(Exercise):
    """The SVM loss with squared margins, and its gradient (lecture 3)."""

    reference = "chalkgrad.losses:squared_hinge_loss"
    outputs = ("loss", "dscores")
    hints = (
        "Only one thing changes in the loss: each margin is squared, after it was clipped at 0.",
        "The derivative of max(0, m)² is 2·max(0, m): no longer 0 or 1.",
        "The right class receives minus the sum of its row, exactly as before.",
    )

    def cases(self, rng):
        yield "the cat, car and frog of the notes", notes()
        yield "five examples, seven classes", dict(scores=2 * rng.normal(size=(5, 7)), y=rng.integers(7, size=5))
        yield "one example", dict(scores=rng.normal(size=(1, 4)), y=np.array([3]))


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
        yield "five examples, seven classes", self._of(2 * rng.normal(size=(5, 7)), rng.integers(7, size=5))
        yield "one example", self._of(rng.normal(size=(1, 4)), np.array([1]))

    def _of(self, scores, y):
        return dict(probabilities=softmax(scores), y=y)


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
        yield "five examples, seven classes", dict(scores=rng.normal(size=(5, 7)), y=rng.integers(7, size=5))
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
        yield "five examples, seven classes", dict(scores=2 * rng.normal(size=(5, 7)), y=rng.integers(7, size=5))
        yield "one example", dict(scores=rng.normal(size=(1, 4)), y=np.array([2]))
        yield "scores in the thousands", dict(scores=2000 * rng.normal(size=(4, 5)), y=np.array([4, 0, 1, 1]))
        offsets = np.array([[0.0], [3000.0], [-3000.0]])
        yield "rows that lie far apart", dict(scores=rng.normal(size=(3, 6)) + offsets, y=np.array([5, 0, 3]))


class L2(Exercise):
    """The L2 penalty and its gradient (lecture 3)."""

    reference = "chalkgrad.regularizers:l2"
    outputs = ("R", "dW")
    hints = ("Square every weight, add them all: one number, whatever the shape of W.", "The slope of w² is 2w.")

    def cases(self, rng):
        yield "the notes' w₂ = [¼, ¼, ¼, ¼]", dict(W=np.full(4, 0.25))
        yield "a matrix of five by three", dict(W=rng.normal(size=(5, 3)))
        yield "every second column of a matrix", dict(W=rng.normal(size=(4, 6))[:, ::2])


class L1(Exercise):
    """The L1 penalty and its gradient (lecture 3)."""

    reference = "chalkgrad.regularizers:l1"
    outputs = ("R", "dW")
    hints = ("Add up the sizes of the weights: what is the size of −3?", "The slope of |w| is +1 or −1, and here 0 at 0.")

    def cases(self, rng):
        yield "the notes' w₁ = [1, 0, 0, 0]", dict(W=np.array([1.0, 0.0, 0.0, 0.0]))
        yield "a matrix of five by three", dict(W=rng.normal(size=(5, 3)))
        yield "weights that are exactly zero", dict(W=np.array([[-2.0, 0.0, 1.5], [0.0, 0.5, -0.25]]))


class ElasticNet(Exercise):
    """The elastic net, Σ (βW² + |W|), and its gradient (lecture 3)."""

    reference = "chalkgrad.regularizers:elastic_net"
    outputs = ("R", "dW")
    hints = ("You have both halves already: `l2` and `l1`.", "β multiplies the squares only, in R and in its gradient.")

    def cases(self, rng):
        yield "beta 0.3, a matrix of five by three", dict(W=rng.normal(size=(5, 3)), beta=0.3)
        yield "beta 2", dict(W=rng.normal(size=(2, 4)), beta=2.0)
        yield "beta 0: nothing but L1", dict(W=rng.normal(size=(3, 2)), beta=0.0)


class MaxNorm(Exercise):
    """The projection onto weights whose columns are at most `limit` long (lecture 3)."""

    reference = "chalkgrad.regularizers:max_norm"
    outputs = ("W",)
    hints = (
        "How long is each column? `np.sqrt((W * W).sum(axis=0))` has one length per class.",
        "A column that is short enough is multiplied by 1. Only the longer ones shrink, each by limit / length.",
        "`W / np.maximum(lengths / limit, 1)` never divides by zero.",
    )

    def cases(self, rng):
        yield "some columns long, some short", dict(W=rng.normal(size=(5, 4)) * np.array([3.0, 0.1, 1.0, 0.2]), limit=1.5)
        yield "a column of zeros", dict(W=np.array([[3.0, 0.0, 0.3], [4.0, 0.0, 0.4]]), limit=1.0)
        yield "nothing too long", dict(W=0.1 * rng.normal(size=(3, 2)), limit=2.0)


class DataLossPlusRegularization(Exercise):
    """The full objective and its gradient with respect to W (lecture 3)."""

    reference = "chalkgrad.losses:data_loss_plus_regularization"
    outputs = ("loss", "dW")
    hints = (
        "Scores first: X @ W. The data loss gives back a loss and dscores.",
        "How does W reach the loss? Once through the scores (X.T @ dscores, shape (D, C)), once through the penalty.",
        "`loss + reg * R` and `X.T @ dscores + reg * dR`. The mean over N is already inside the data loss.",
    )

    def cases(self, rng):
        yield "SVM loss and L2", self._of(rng, N=6, D=4, C=3, reg=0.5, data_loss=svm_loss, penalty=l2)
        yield "softmax loss and L1", self._of(rng, N=3, D=5, C=4, reg=0.1, data_loss=softmax_loss, penalty=l1)
        yield "no regularization", self._of(rng, N=2, D=3, C=5, reg=0.0, data_loss=softmax_loss, penalty=elastic_net)
        yield "one example, strong regularization", self._of(rng, N=1, D=7, C=2, reg=25.0, data_loss=svm_loss, penalty=l2)

    def _of(self, rng, N, D, C, **rest):
        return dict(W=rng.normal(size=(D, C)), X=rng.normal(size=(N, D)), y=rng.integers(C, size=N), **rest)


class HingeLossAtZero(Question):
    """Ten classes, all scores 0: the SVM loss (lecture 3)."""

    def answer(self):
        return float(svm_loss_naive(np.zeros((1, 10)), np.array([0])))


class SoftmaxLossAtZero(Question):
    """Ten classes, all scores 0: the softmax loss, to two decimals (lecture 3)."""

    tolerance = 5e-3

    def answer(self):
        return float(softmax_loss(np.zeros((1, 10)), np.array([0]))[0])


class CatSoftmaxLoss(Question):
    """The softmax loss of the notes' cat, to two decimals (lecture 3)."""

    tolerance = 5e-3

    def answer(self):
        return float(softmax_loss(np.array(CAT_CAR_FROG[:1]), np.array([0]))[0])


class CarAfterTheNudge(Question):
    """The SVM loss of the notes' car once its own score has fallen by 0.5 (lecture 3)."""

    def answer(self):
        return float(svm_loss_naive(np.array([CAT_CAR_FROG[1]]) - np.array([[0.0, 0.5, 0.0]]), np.array([1])))


class UniqueW(Question):
    """Is the W with SVM loss 0 the only one? (lecture 3)"""

    def answer(self):
        return "b"


class PreferredByL1(Question):
    """Which of the notes' w₁ and w₂ has the smaller L1 penalty? (lecture 3)"""

    def answer(self):
        first, second = (float(l1(np.array(w))[0]) for w in ([1.0, 0, 0, 0], [0.25] * 4))
        return "neither" if first == second else "w1" if first < second else "w2"


class ShapeOfW(Question):
    """The shape of W for rows of 3072 pixels and ten classes (lecture 3)."""

    def answer(self):
        return (32 * 32 * 3, 10)


check = checker(__name__)
