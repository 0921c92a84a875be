"""What goes wrong with the softmax loss: probabilities, logarithms, overflow."""

import numpy as np

from grading.exercise import accepted, mistake


class CrossEntropyOf:
    @mistake(
        "This is the logarithm to base 10, which the notes' 0.89 slipped into as well. The loss uses the natural one, `np.log`."
    )
    def uses_log10(probabilities, y):
        return -np.mean(np.log10(probabilities[np.arange(len(y)), y]))

    @mistake("The minus is missing. Logarithms of probabilities are negative; a loss is not.")
    def forgets_the_minus(probabilities, y):
        return np.mean(np.log(probabilities[np.arange(len(y)), y]))

    @mistake("The losses are summed over the batch but not averaged. Divide by N.")
    def forgets_the_mean(probabilities, y):
        return -np.sum(np.log(probabilities[np.arange(len(y)), y]))

    @mistake(
        "You average the probabilities and then take the logarithm. Each example has a loss of its own: log first, mean last."
    )
    def averages_before_the_log(probabilities, y):
        return -np.log(np.mean(probabilities[np.arange(len(y)), y]))

    @mistake("Every class of a row is counted. Only the right class's probability enters the loss.")
    def counts_every_class(probabilities, y):
        return -np.sum(np.log(probabilities)) / len(y)

    @mistake(
        "You take the largest probability of each row: how sure the classifier is, not whether it is right. Take the one at y."
    )
    def trusts_the_classifier(probabilities, y):
        return -np.mean(np.log(probabilities.max(axis=1)))

    @mistake("A small number is added inside the logarithm. It changes every loss a little, and nothing here needs it.")
    def adds_an_epsilon(probabilities, y):
        return -np.mean(np.log(probabilities[np.arange(len(y)), y] + 1e-8))

    @accepted
    def by_a_loop(probabilities, y):
        return sum(-np.log(row[label]) for row, label in zip(probabilities, y, strict=True)) / len(y)

    @accepted
    def by_one_hot_rows(probabilities, y):
        return -(np.eye(probabilities.shape[1])[y] * np.log(probabilities)).sum(axis=1).mean()


class SoftmaxLossNaive:
    @mistake("The minus is missing. Logarithms of probabilities are negative; a loss is not.")
    def forgets_the_minus(scores, y):
        return -_naive(scores, y)

    @mistake(
        "This is the logarithm to base 10, which the notes' 0.89 slipped into as well. The loss uses the natural one, `np.log`."
    )
    def uses_log10(scores, y):
        return _naive(scores, y) / np.log(10)

    @mistake("The losses are summed over the batch but not averaged. Divide by N.")
    def forgets_the_mean(scores, y):
        return _naive(scores, y) * len(y)

    @mistake(
        "The denominator leaves out the right class. The sum runs over all classes, or the shares do not add up to 1."
    )
    def leaves_out_the_right_class(scores, y):
        loss = 0.0
        for i in range(len(y)):
            total = sum(np.exp(scores[i, j]) for j in range(scores.shape[1]) if j != y[i])
            loss -= np.log(np.exp(scores[i, y[i]]) / total)
        return loss / len(y)

    @mistake("This is the mean probability of the right class: the −log is missing.")
    def forgets_the_log(scores, y):
        e = np.exp(scores)
        return np.mean((e / e.sum(axis=1, keepdims=True))[np.arange(len(y)), y])

    @mistake(
        "The denominator adds up over the whole batch: `total` starts at 0 only once. Each example has its own sum."
    )
    def never_resets_the_total(scores, y):
        loss, total = 0.0, 0.0
        for i in range(len(y)):
            for j in range(scores.shape[1]):
                total += np.exp(scores[i, j])
            loss -= np.log(np.exp(scores[i, y[i]]) / total)
        return loss / len(y)

    @mistake("Only the last example counts: the loss is overwritten in each turn of the loop instead of added to.")
    def keeps_only_the_last(scores, y):
        for i in range(len(y)):
            loss = -np.log(np.exp(scores[i, y[i]]) / np.exp(scores[i]).sum())
        return loss / len(y)

    @accepted
    def already_stable(scores, y):
        loss = 0.0
        for s, label in zip(scores, y, strict=True):
            shifted = s - s.max()
            loss += np.log(np.exp(shifted).sum()) - shifted[label]
        return loss / len(y)

    @accepted
    def as_a_float32(scores, y):
        return np.float32(_naive(scores, y))


class SoftmaxLoss:
    @mistake(
        "Large scores overflow: exp(1000) is infinite, and infinity divided by infinity is NaN. "
        "Subtract each row's largest score before taking exponentials."
    )
    def overflows(scores, y):
        e = np.exp(scores)
        return _from_probabilities(e / e.sum(axis=1, keepdims=True), y)

    @mistake(
        "One maximum is subtracted from the whole batch. Rows far below it underflow to 0, and the log of 0 is infinite. "
        "Each row needs its own maximum."
    )
    def subtracts_one_maximum_for_all(scores, y):
        e = np.exp(scores - scores.max())
        return _from_probabilities(e / e.sum(axis=1, keepdims=True), y)

    @mistake(
        "The logarithm is taken of a probability that has become exactly 0, which gives an infinite loss. "
        "Write log p as shifted − log Σ exp(shifted): no zero ever meets the log."
    )
    def takes_the_log_of_zero(scores, y):
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        return _from_probabilities(e / e.sum(axis=1, keepdims=True), y)

    @mistake(
        "A small number inside the logarithm hides the overflow and changes the loss: a very wrong answer now costs too little."
    )
    def adds_an_epsilon(scores, y):
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        loss, dscores = _softmax(scores, y)
        return -np.mean(np.log(p[np.arange(len(y)), y] + 1e-8)), dscores

    @mistake(
        "The gradient is the probabilities alone. At the right class, subtract 1: what is believed, minus what is so."
    )
    def forgets_the_minus_one(scores, y):
        loss, dscores = _softmax(scores, y)
        dscores[np.arange(len(y)), y] += 1 / len(y)
        return loss, dscores

    @mistake("The loss is right, but its gradient is not divided by N.")
    def does_not_average_the_gradient(scores, y):
        loss, dscores = _softmax(scores, y)
        return loss, dscores * len(y)

    @mistake("You divide by N before subtracting 1, so the 1 is not averaged. It is (p − 1) / N, both parts.")
    def averages_only_the_probabilities(scores, y):
        loss, dscores = _softmax(scores, y)
        dscores[np.arange(len(y)), y] += 1 / len(y) - 1
        return loss, dscores

    @mistake(
        "The gradient has the wrong sign: it is the probability minus 1 at the right class, not 1 minus the probability."
    )
    def flips_the_sign(scores, y):
        loss, dscores = _softmax(scores, y)
        return loss, -dscores

    @mistake("Neither the loss nor the gradient is divided by N, the number of examples.")
    def forgets_the_mean(scores, y):
        loss, dscores = _softmax(scores, y)
        return loss * len(y), dscores * len(y)

    @mistake(
        "The exponentials are added down the columns, over the batch. The classes are axis 1: `axis=1, keepdims=True`."
    )
    def normalizes_the_wrong_axis(scores, y):
        e = np.exp(scores - scores.max(axis=0))
        return _from_probabilities(e / e.sum(axis=0), y)

    @mistake(
        "This is the logarithm to base 10. The loss, and the gradient you already have, belong to the natural one."
    )
    def uses_log10(scores, y):
        loss, dscores = _softmax(scores, y)
        return loss / np.log(10), dscores

    @mistake("Your code writes into the caller's `scores`: `scores -= …` changes the array that was handed over.")
    def writes_into_scores(scores, y):
        result = _softmax(scores, y)
        scores -= scores.max(axis=1, keepdims=True)
        return result

    @accepted
    def by_a_loop(scores, y):
        loss, dscores = 0.0, np.zeros_like(scores)
        for i in range(len(y)):
            s = scores[i] - scores[i].max()
            log_total = np.log(np.exp(s).sum())
            loss += log_total - s[y[i]]
            dscores[i] = np.exp(s - log_total)
            dscores[i, y[i]] -= 1
        return loss / len(y), dscores / len(y)

    @accepted
    def with_one_hot_rows(scores, y):
        peak = scores.max(axis=1, keepdims=True)
        log_p = scores - peak - np.log(np.exp(scores - peak).sum(axis=1, keepdims=True))
        one_hot = np.eye(scores.shape[1])[y]
        return -(one_hot * log_p).sum() / len(y), (np.exp(log_p) - one_hot) / len(y)

    @accepted
    def in_single_precision(scores, y):
        loss, dscores = _softmax(scores, y)
        return np.float32(loss), dscores.astype(np.float32)


def _naive(scores, y):
    """The right answer, for mistakes that spoil one part of it."""
    return sum(-np.log(np.exp(s[label]) / np.exp(s).sum()) for s, label in zip(scores, y, strict=True)) / len(y)


def _from_probabilities(p, y):
    """Loss and gradient by way of the probabilities, as one writes them at first."""
    rows, N = np.arange(len(y)), len(y)
    loss = -np.mean(np.log(p[rows, y]))
    dscores = p.copy()
    dscores[rows, y] -= 1
    return loss, dscores / N


def _softmax(scores, y):
    """The right answer: stable, loss and gradient."""
    rows, N = np.arange(len(y)), len(y)
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dscores = np.exp(log_p)
    dscores[rows, y] -= 1
    return -np.mean(log_p[rows, y]), dscores / N
