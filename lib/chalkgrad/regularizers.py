"""Regularizers: what "simple" means, written as a number that is added to the loss.

A data loss alone leaves too many weights equally good: with the SVM loss, W and 2W may both give zero. The penalty
R(W) breaks the tie. L2 prefers many small weights, L1 prefers few, the elastic net mixes the two, and the max norm
is no penalty at all but a leash: after every step, weights that went too far are pulled back.
"""

from chalkgrad import _expect


def l2(W):
    """Return the L2 penalty R = Σ W² and its gradient 2W; no factor ½, as in the lecture.

    Shapes: W (any) -> R (), dW as W.
    Raises: TypeError when W is not an array of floating-point numbers.
    Lecture: 3.
    Source: Krogh & Hertz 1991, "A simple weight decay can improve generalization"; CS231n notes, linear-classify.
    """
    xp = _expect.arrays(W=W)
    _expect.floats(W=W)
    return xp.sum(W * W), 2 * W


def l1(W):
    """Return the L1 penalty R = Σ |W| and its gradient sign(W), which is 0 at a weight that is exactly 0.

    Shapes: W (any) -> R (), dW as W.
    Raises: TypeError when W is not an array of floating-point numbers.
    Lecture: 3.
    Source: Tibshirani 1996, "Regression shrinkage and selection via the lasso".
    """
    xp = _expect.arrays(W=W)
    _expect.floats(W=W)
    return xp.sum(xp.abs(W)), xp.sign(W)


def elastic_net(W, beta=0.5):
    """Return the elastic net R = Σ (βW² + |W|), the two penalties at once, and its gradient.

    Shapes: W (any), beta a number ≥ 0 -> R (), dW as W.
    Raises: TypeError when W is not an array of floats; ValueError when beta is negative.
    Lecture: 3, 7.
    Source: Zou & Hastie 2005, "Regularization and variable selection via the elastic net".
    """
    _expect.number("beta", beta, at_least=0)
    squares, dsquares = l2(W)
    magnitudes, dmagnitudes = l1(W)
    return beta * squares + magnitudes, beta * dsquares + dmagnitudes


def max_norm(W, limit):
    """Return W with every column that is longer than `limit` scaled back to that length.

    A column holds the weights that feed one class (or one unit). Shorter columns come back as they were: this is a
    projection onto the allowed set, to be applied after a step, and it has no gradient of its own.

    Shapes: W (D, C), limit a number > 0 -> (D, C).
    Raises: ValueError when W does not have two axes or limit is not positive.
    Lecture: 3, 7.
    Source: Srebro & Shraibman 2005, "Rank, trace-norm and max-norm"; Srivastava et al. 2014, "Dropout", section 5.1.
    """
    xp = _expect.arrays(W=W)
    _expect.floats(W=W)
    _expect.shape("W", W, "D", "C")
    _expect.number("limit", limit, above=0)
    lengths = xp.sqrt(xp.sum(W * W, axis=0))  # (D, C) -> (C,)
    # Where a column is shorter than the limit it is divided by 1; this also keeps a column of zeros away from 0/0.
    return W / xp.clip(lengths / limit, min=1.0)  # (D, C) / (C,)
