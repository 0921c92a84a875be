"""What keeps W simple: penalties, a leash, and the objective that they join."""

import numpy as np

from grading.exercise import Exercise
from grading.lecture03.losses.inputs import fourth_powers, rounded_size, squared_error, total_score


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
    hints = (
        "Add up the sizes of the weights: what is the size of −3?",
        "The slope of |w| is +1 or −1, and here 0 at 0.",
    )

    def cases(self, rng):
        yield "the notes' w₁ = [1, 0, 0, 0]", dict(W=np.array([1.0, 0.0, 0.0, 0.0]))
        yield "a matrix of five by three", dict(W=rng.normal(size=(5, 3)))
        yield ("weights that are exactly zero", dict(W=np.array([[-2.0, 0.0, 1.5], [0.0, 0.5, -0.25]])))


class ElasticNet(Exercise):
    """The elastic net, Σ (βW² + |W|), and its gradient (lecture 3)."""

    reference = "chalkgrad.regularizers:elastic_net"
    outputs = ("R", "dW")
    hints = ("You have both halves already: `l2` and `l1`.", "β multiplies the squares only, in R and in its gradient.")

    def cases(self, rng):
        yield ("beta 0.3, a matrix of five by three", dict(W=rng.normal(size=(5, 3)), beta=0.3))
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
        yield (
            "some columns long, some short",
            dict(W=rng.normal(size=(5, 4)) * np.array([3.0, 0.1, 1.0, 0.2]), limit=1.5),
        )
        yield ("a column of zeros", dict(W=np.array([[3.0, 0.0, 0.3], [4.0, 0.0, 0.4]]), limit=1.0))
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
        # Losses and penalties of the grader's own: whatever the student wrote above, right or wrong, plays no part here.
        yield ("squared errors and fourth powers", self.drawn(rng, 6, 4, 3, 0.5, squared_error, fourth_powers))
        yield ("another loss, another penalty", self.drawn(rng, 3, 5, 4, 0.1, total_score, rounded_size))
        yield ("no regularization", self.drawn(rng, 2, 3, 5, 0.0, squared_error, rounded_size))
        yield ("one example, strong regularization", self.drawn(rng, 1, 7, 2, 25.0, total_score, fourth_powers))

    def drawn(self, rng, N, D, C, reg, data_loss, penalty):
        """A batch and weights of these sizes."""
        batch = dict(W=rng.normal(size=(D, C)), X=rng.normal(size=(N, D)), y=rng.integers(C, size=N))
        return dict(**batch, reg=reg, data_loss=data_loss, penalty=penalty)
