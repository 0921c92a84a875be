"""The SVM loss: by loops, without loops and with a gradient, squared."""

import numpy as np

from grading.exercise import Exercise
from grading.lecture03.losses.inputs import notes


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
        yield ("five examples, seven classes", dict(scores=rng.normal(size=(5, 7)), y=rng.integers(7, size=5)))
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
        yield ("five examples, seven classes", dict(scores=2 * rng.normal(size=(5, 7)), y=rng.integers(7, size=5)))
        yield "one example", dict(scores=rng.normal(size=(1, 4)), y=np.array([3]))
        yield ("scores that tie", dict(scores=np.repeat(rng.normal(size=(6, 1)), 3, axis=1), y=rng.integers(3, size=6)))
        yield (
            "every second row and column of a larger array",
            dict(scores=3 * rng.normal(size=(8, 10))[::2, ::2], y=rng.integers(5, size=4)),
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
        yield ("five examples, seven classes", dict(scores=2 * rng.normal(size=(5, 7)), y=rng.integers(7, size=5)))
        yield "one example", dict(scores=rng.normal(size=(1, 4)), y=np.array([3]))
