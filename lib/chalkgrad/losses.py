"""Losses: how unhappy to be with a set of scores, as one number, and which way the scores should move.

A linear classifier, and later every network, gives C scores to each of N examples. A loss compares the scores with the
right labels y and gives two things back: the loss itself, averaged over the batch, and `dscores`, its gradient with
respect to every score. The average is taken here, once; nothing further down divides by N again.
"""

from chalkgrad import _expect
from chalkgrad.regularizers import l2


def svm_loss_naive(scores, y):
    """Return the multiclass SVM (hinge) loss by two loops, the formula read aloud.

    Lᵢ = Σ over j ≠ yᵢ of max(0, sⱼ − s_yᵢ + 1); the loss is the mean of the Lᵢ.

    Shapes: scores (N, C), y (N,) -> loss ().
    Raises: ValueError or TypeError when shapes, dtypes or labels do not fit.
    Lecture: 3.
    Source: Weston & Watkins 1999, "Support vector machines for multi-class pattern recognition".
    """
    _, N, C = _scores_and_labels(scores, y)
    loss = 0.0
    for i in range(N):
        for j in range(C):
            if j != y[i]:
                margin = scores[i, j] - scores[i, y[i]] + 1
                if margin > 0:
                    loss = loss + margin
    return loss / N


def svm_loss(scores, y):
    """Return the multiclass SVM (hinge) loss and its gradient, without loops.

    A score that breaks the margin is pushed down by 1/N, and the right class is pushed up once for each of them.
    Exactly on the margin the gradient is taken as 0.

    Shapes: scores (N, C), y (N,) -> loss (), dscores (N, C).
    Raises: ValueError or TypeError when shapes, dtypes or labels do not fit.
    Lecture: 3.
    Source: Weston & Watkins 1999; CS231n notes, linear-classify, "Multiclass Support Vector Machine loss".
    """
    xp, N, _ = _scores_and_labels(scores, y)
    rows, margins = _margins(xp, scores, y)
    dscores = xp.astype(margins > 0, scores.dtype)  # (N, C)
    dscores[rows, y] = -xp.sum(dscores, axis=1)
    return xp.sum(margins) / N, dscores / N


def squared_hinge_loss(scores, y):
    """Return the SVM loss with squared margins, Σ max(0, sⱼ − s_yᵢ + 1)², and its gradient.

    A large violation costs far more than several small ones, and the slope is continuous at the margin.

    Shapes: scores (N, C), y (N,) -> loss (), dscores (N, C).
    Raises: ValueError or TypeError when shapes, dtypes or labels do not fit.
    Lecture: 3.
    Source: Tang 2013, "Deep learning using linear support vector machines".
    """
    xp, N, _ = _scores_and_labels(scores, y)
    rows, margins = _margins(xp, scores, y)
    dscores = 2 * margins  # (N, C); zero where the margin is kept
    dscores[rows, y] = -xp.sum(dscores, axis=1)
    return xp.sum(margins * margins) / N, dscores / N


def softmax(scores):
    """Return the probabilities that scores stand for: exponentials that sum to 1 in each row.

    The largest score of a row is subtracted first. That changes nothing (it cancels) and keeps every exponent at or
    below zero, so that no score is too large.

    Shapes: scores (N, C) -> probabilities (N, C).
    Raises: ValueError or TypeError when scores is not (N, C) floating point.
    Lecture: 3.
    Source: Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs".
    """
    xp = _expect.arrays(scores=scores)
    _expect.floats(scores=scores)
    _expect.shape("scores", scores, "N", "C")
    _, exponentials, totals = _shifted(xp, scores)
    return exponentials / totals


def softmax_loss_naive(scores, y):
    """Return the softmax (cross-entropy) loss by loops, straight from the formula.

    Lᵢ = −log( exp(s_yᵢ) / Σⱼ exp(sⱼ) ), natural logarithm. Scores in the hundreds overflow here: `softmax_loss` is the
    form to use.

    Shapes: scores (N, C), y (N,) -> loss ().
    Raises: ValueError or TypeError when shapes, dtypes or labels do not fit.
    Lecture: 3.
    Source: CS231n notes, linear-classify, "Softmax classifier".
    """
    xp, N, C = _scores_and_labels(scores, y)
    loss = 0.0
    for i in range(N):
        total = 0.0
        for j in range(C):
            total = total + xp.exp(scores[i, j])
        loss = loss - xp.log(xp.exp(scores[i, y[i]]) / total)
    return loss / N


def softmax_loss(scores, y):
    """Return the softmax (cross-entropy) loss and its gradient, stable for scores of any size.

    The gradient is (probabilities − 1 at the right class) / N: what the classifier believes, minus what is so.

    Shapes: scores (N, C), y (N,) -> loss (), dscores (N, C).
    Raises: ValueError or TypeError when shapes, dtypes or labels do not fit.
    Lecture: 3.
    Source: Bridle 1990; CS231n notes, linear-classify, "Practical issues: numeric stability".
    """
    xp, N, _ = _scores_and_labels(scores, y)
    rows = _rows(xp, scores)
    shifted, exponentials, totals = _shifted(xp, scores)
    # −log p = log Σ exp − s_y: no probability that has underflowed to zero ever meets the logarithm.
    loss = xp.sum(xp.log(totals[:, 0]) - shifted[rows, y]) / N
    dscores = exponentials / (totals * N)  # the probabilities, already averaged
    dscores[rows, y] -= 1 / N
    return loss, dscores


def cross_entropy_of(probabilities, y):
    """Return the mean of −log p of the right class, natural logarithm, for probabilities that are given.

    Shapes: probabilities (N, C), y (N,) -> loss ().
    Raises: ValueError when a probability is outside [0, 1] or a row does not sum to 1.
    Lecture: 3.
    Source: Good 1952, "Rational decisions".
    """
    xp, N, _ = _scores_and_labels(probabilities, y, name="probabilities")
    if bool(xp.any(probabilities < 0)) or bool(xp.any(xp.abs(xp.sum(probabilities, axis=1) - 1) > 1e-3)):
        raise ValueError(
            "`probabilities` has a negative entry or a row that does not sum to 1; pass scores through softmax first."
        )
    return -xp.sum(xp.log(probabilities[_rows(xp, probabilities), y])) / N


def data_loss_plus_regularization(W, X, y, reg, data_loss=svm_loss, penalty=l2):
    """Return the full objective L(W) = data loss of X @ W + reg · R(W), and its gradient.

    Shapes: W (D, C), X (N, D), y (N,), reg a number ≥ 0 -> loss (), dW (D, C).
    Raises: ValueError or TypeError when shapes, dtypes or labels do not fit.
    Lecture: 3.
    Source: CS231n notes, linear-classify, "Regularization".
    """
    xp = _expect.arrays(W=W, X=X, y=y)
    _expect.floats(W=W, X=X)
    _, D = _expect.shape("X", X, "N", "D")
    _expect.shape("W", W, "D", "C", D=D)
    _expect.number("reg", reg, at_least=0)
    loss, dscores = data_loss(X @ W, y)  # (N, D) @ (D, C)
    R, dR = penalty(W)
    return loss + reg * R, xp.matrix_transpose(X) @ dscores + reg * dR  # (D, N) @ (N, C)


def _scores_and_labels(scores, y, name="scores"):
    """Check the pair that every loss takes; return the namespace and the sizes N and C."""
    xp = _expect.arrays(**{name: scores, "y": y})
    _expect.floats(**{name: scores})
    N, C = _expect.shape(name, scores, "N", "C")
    _expect.labels("y", y, N, C)
    _expect.finite(name, scores)
    return xp, N, C


def _rows(xp, scores):
    """0 … N − 1 on the scores' own device: scores[rows, y] is the right class's score in every row."""
    return xp.arange(scores.shape[0], device=getattr(scores, "device", None))


def _margins(xp, scores, y):
    """max(0, sⱼ − s_y + 1) for every score, and 0 at the right class, which the sum leaves out."""
    rows = _rows(xp, scores)
    margins = xp.clip(scores - scores[rows, y][:, None] + 1, min=0)  # (N, C) − (N, 1)
    margins[rows, y] = 0
    return rows, margins


def _shifted(xp, scores):
    """Scores less their row's largest (N, C), the exponentials of those (N, C), and the exponentials' row sums (N, 1)."""
    shifted = scores - xp.max(scores, axis=1, keepdims=True)  # at most 0
    exponentials = xp.exp(shifted)
    return shifted, exponentials, xp.sum(exponentials, axis=1, keepdims=True)
