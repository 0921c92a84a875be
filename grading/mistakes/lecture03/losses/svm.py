"""What goes wrong with the SVM loss: naive, vectorised, squared."""

import numpy as np

from grading.exercise import accepted, mistake


class SvmLossNaive:
    @mistake(
        "The correct class is counted too: its own margin is max(0, 0 + 1), which adds 1 per example. Sum over j ≠ y."
    )
    def counts_the_correct_class(scores, y):
        N, C = scores.shape
        return sum(max(0, scores[i, j] - scores[i, y[i]] + 1) for i in range(N) for j in range(C)) / N

    @mistake("The margin is missing: a right class that leads by a hair already costs nothing. Add 1 inside the max.")
    def forgets_the_margin(scores, y):
        N, C = scores.shape
        return sum(max(0, scores[i, j] - scores[i, y[i]]) for i in range(N) for j in range(C)) / N

    @mistake("The losses are summed over the batch but not averaged. Divide by N, the number of examples.")
    def forgets_the_mean(scores, y):
        N, C = scores.shape
        return sum(max(0, scores[i, j] - scores[i, y[i]] + 1) for i in range(N) for j in range(C) if j != y[i])

    @mistake(
        "Nothing is clipped at 0, so a class that lost clearly makes the loss smaller. Take max(0, …) of each margin."
    )
    def forgets_the_max(scores, y):
        N, C = scores.shape
        return sum(scores[i, j] - scores[i, y[i]] + 1 for i in range(N) for j in range(C) if j != y[i]) / N

    @mistake("The two scores are the wrong way round: it is the other class's score minus the right class's, plus 1.")
    def subtracts_the_wrong_way(scores, y):
        N, C = scores.shape
        return sum(max(0, scores[i, y[i]] - scores[i, j] + 1) for i in range(N) for j in range(C) if j != y[i]) / N

    @mistake("You divide by the number of classes as well. The loss of one example is a sum over classes, not a mean.")
    def averages_over_classes(scores, y):
        N, C = scores.shape
        return sum(max(0, scores[i, j] - scores[i, y[i]] + 1) for i in range(N) for j in range(C) if j != y[i]) / (
            N * C
        )

    @mistake("Only the first example is looked at: the `return` stands inside the loop over examples.")
    def returns_too_early(scores, y):
        N, C = scores.shape
        loss = 0.0
        for i in range(N):
            for j in range(C):
                if j != y[i]:
                    loss += max(0, scores[i, j] - scores[i, y[i]] + 1)
            return loss / N

    @mistake("The max is taken over the whole sum. Each margin is clipped at 0 by itself, before they are added.")
    def clips_the_sum(scores, y):
        N, C = scores.shape
        loss = 0.0
        for i in range(N):
            loss += max(0, sum(scores[i, j] - scores[i, y[i]] + 1 for j in range(C) if j != y[i]))
        return loss / N

    @accepted
    def without_loops(scores, y):
        rows = np.arange(len(y))
        margins = np.maximum(0, scores - scores[rows, y][:, np.newaxis] + 1)
        return (margins.sum() - len(y)) / len(y)  # the right class contributes exactly 1 each time

    @accepted
    def skips_with_continue(scores, y):
        total = np.float32(0)
        for row, label in zip(scores, y, strict=True):
            for j, score in enumerate(row):
                if j == label:
                    continue
                total += np.float32(max(0.0, score - row[label] + 1))
        return total / len(y)


class SvmLoss:
    @mistake(
        "The correct class is counted too: its own margin is max(0, 0 + 1), which adds 1 per example. Sum over j ≠ y."
    )
    def counts_the_correct_class(scores, y):
        rows, N = np.arange(len(y)), len(y)
        margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
        dscores = (margins > 0).astype(float)
        dscores[rows, y] -= dscores.sum(axis=1)
        return margins.sum() / N, dscores / N

    @mistake(
        "The loss is right, but its gradient is not divided by N. What is averaged in the loss is averaged in dscores."
    )
    def does_not_average_the_gradient(scores, y):
        loss, dscores = _svm(scores, y)
        return loss, dscores * len(y)

    @mistake("Neither the loss nor the gradient is divided by N, the number of examples.")
    def forgets_the_mean(scores, y):
        loss, dscores = _svm(scores, y)
        return loss * len(y), dscores * len(y)

    @mistake(
        "The right class's score gets −1/N whatever happens. It stands in every positive margin of its row: count them, "
        "and subtract that many."
    )
    def subtracts_only_one(scores, y):
        loss, dscores = _svm(scores, y)
        dscores[np.arange(len(y)), y] = -1 / len(y)
        return loss, dscores

    @mistake("The right class gets no gradient. Its score enters every positive margin with a minus sign.")
    def forgets_the_right_class(scores, y):
        loss, dscores = _svm(scores, y)
        dscores[np.arange(len(y)), y] = 0
        return loss, dscores

    @mistake(
        "The gradient has the wrong sign: a gradient points uphill, to more loss. The minus comes later, in the step."
    )
    def flips_the_sign(scores, y):
        loss, dscores = _svm(scores, y)
        return loss, -dscores

    @mistake("The margin of 1 is missing: a right class that leads by a hair already costs nothing.")
    def forgets_the_margin(scores, y):
        rows, N = np.arange(len(y)), len(y)
        margins = np.maximum(0, scores - scores[rows, y][:, None])
        dscores = (margins > 0).astype(float)
        dscores[rows, y] = -dscores.sum(axis=1)
        return margins.sum() / N, dscores / N

    @mistake("The gradient is weighed by the margins. That is the squared hinge; here the slope is 0 or 1, never more.")
    def weighs_by_the_margin(scores, y):
        rows, N = np.arange(len(y)), len(y)
        margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
        margins[rows, y] = 0
        dscores = margins.copy()
        dscores[rows, y] = -dscores.sum(axis=1)
        return margins.sum() / N, dscores / N

    @mistake("`scores[:, y]` takes whole columns, an (N, N) table. One score per row is `scores[np.arange(N), y]`.")
    def picks_whole_columns(scores, y):
        rows, N = np.arange(len(y)), len(y)
        margins = np.maximum(0, scores - scores[:, y] + 1)
        margins[rows, y] = 0
        dscores = (margins > 0).astype(float)
        dscores[rows, y] = -dscores.sum(axis=1)
        return margins.sum() / N, dscores / N

    @mistake(
        "The right class's scores are a row of shape (N,), and NumPy lines them up with the classes. "
        "Make them a column, (N, 1), so that each row subtracts its own."
    )
    def forgets_the_column(scores, y):
        rows, N = np.arange(len(y)), len(y)
        margins = np.maximum(0, scores - scores[rows, y] + 1)
        margins[rows, y] = 0
        dscores = (margins > 0).astype(float)
        dscores[rows, y] = -dscores.sum(axis=1)
        return margins.sum() / N, dscores / N

    @mistake("Your code writes into the caller's `scores`: `margins = scores` is another name, not a copy.")
    def writes_into_scores(scores, y):
        result = _svm(scores, y)
        margins = scores
        margins -= scores[np.arange(len(y)), y][:, None]
        return result

    @accepted
    def by_two_loops(scores, y):
        loss, dscores = 0.0, np.zeros(scores.shape)
        for i in range(len(y)):
            for j in range(scores.shape[1]):
                if j != y[i] and scores[i, j] - scores[i, y[i]] + 1 > 0:
                    loss += scores[i, j] - scores[i, y[i]] + 1
                    dscores[i, j] += 1
                    dscores[i, y[i]] -= 1
        return loss / len(y), dscores / len(y)

    @accepted
    def in_single_precision(scores, y):
        loss, dscores = _svm(scores.astype(np.float32), y)
        return np.float32(loss), dscores.astype(np.float32)

    @accepted
    def in_column_order(scores, y):
        loss, dscores = _svm(scores, y)
        return float(loss), np.asfortranarray(dscores)


class SquaredHingeLoss:
    @mistake("The factor 2 is missing from the gradient: the derivative of m² is 2m.")
    def forgets_the_factor_two(scores, y):
        loss, dscores = _squared(scores, y)
        return loss, dscores / 2

    @mistake(
        "This is the gradient of the plain hinge, 0 or 1 for each margin. Squaring makes the slope grow with the margin."
    )
    def keeps_the_hinge_gradient(scores, y):
        return _squared(scores, y)[0], _svm(scores, y)[1]

    @mistake(
        "You square before you clip, so a class that lost clearly is punished as well. Clip at 0 first, then square."
    )
    def squares_before_clipping(scores, y):
        rows, N = np.arange(len(y)), len(y)
        margins = scores - scores[rows, y][:, None] + 1
        margins[rows, y] = 0
        dscores = 2 * margins
        dscores[rows, y] = -dscores.sum(axis=1)
        return np.maximum(0, margins**2).sum() / N, dscores / N

    @mistake("You square the sum of a row. Each margin is squared by itself, and then they are added.")
    def squares_the_sum(scores, y):
        rows, N = np.arange(len(y)), len(y)
        margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
        margins[rows, y] = 0
        totals = margins.sum(axis=1, keepdims=True)
        dscores = 2 * totals * (margins > 0)
        dscores[rows, y] = -dscores.sum(axis=1)
        return (totals**2).sum() / N, dscores / N

    @mistake("The loss is right, but its gradient is not divided by N.")
    def does_not_average_the_gradient(scores, y):
        loss, dscores = _squared(scores, y)
        return loss, dscores * len(y)

    @mistake("This is the plain hinge loss: the margins are not squared.")
    def does_not_square(scores, y):
        return _svm(scores, y)

    @accepted
    def by_one_loop(scores, y):
        loss, dscores = 0.0, np.zeros_like(scores)
        for i in range(len(y)):
            m = np.maximum(0, scores[i] - scores[i, y[i]] + 1)
            m[y[i]] = 0
            loss += (m @ m) / len(y)
            dscores[i] = 2 * m / len(y)
            dscores[i, y[i]] -= dscores[i].sum()
        return loss, dscores


def _svm(scores, y):
    """The right answer, for mistakes that spoil one part of it."""
    rows, N = np.arange(len(y)), len(y)
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    dscores = (margins > 0).astype(scores.dtype)
    dscores[rows, y] = -dscores.sum(axis=1)
    return margins.sum() / N, dscores / N


def _squared(scores, y):
    """The right answer to the squared hinge loss."""
    rows, N = np.arange(len(y)), len(y)
    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
    margins[rows, y] = 0
    dscores = 2 * margins
    dscores[rows, y] = -dscores.sum(axis=1)
    return (margins**2).sum() / N, dscores / N
