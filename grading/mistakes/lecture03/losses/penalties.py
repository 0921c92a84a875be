"""What goes wrong with regularization: a factor, a sign, an axis, an average too many."""

import numpy as np

from grading.exercise import accepted, mistake


class L2:
    @mistake(
        "There is a factor ½ in your penalty. Many books have it; this lecture's R(W) = Σ W² does not, and so the gradient is 2W."
    )
    def halves_it(W):
        return 0.5 * np.sum(W * W), W.copy()

    @mistake("The penalty is right, but the derivative of w² is 2w: the factor 2 is missing from dW.")
    def forgets_the_factor_two(W):
        return np.sum(W * W), W.copy()

    @mistake("You took the square root: that is the length of W. The penalty is the squared length.")
    def takes_the_root(W):
        return np.sqrt(np.sum(W * W)), W / np.sqrt(np.sum(W * W))

    @mistake("You average over the weights. The penalty is their sum: more weights, more to pay.")
    def averages(W):
        return np.mean(W * W), 2 * W / W.size

    @mistake("The sum runs over one axis only. R is a single number for all of W.")
    def sums_one_axis(W):
        return np.sum(W * W, axis=0) if W.ndim > 1 else np.sum(W * W), 2 * W

    @mistake("dW has lost the signs: 2|W|. A negative weight is made smaller in size by pushing it up.")
    def loses_the_sign(W):
        return np.sum(W * W), 2 * np.abs(W)

    @accepted
    def by_a_loop(W):
        return sum(float(w) ** 2 for w in W.ravel()), np.add(W, W)

    @accepted
    def as_a_dot_product(W):
        return W.ravel() @ W.ravel(), 2.0 * W


class L1:
    @mistake("The absolute value is missing, so that positive and negative weights cancel.")
    def forgets_the_absolute_value(W):
        return np.sum(W), np.sign(W)

    @mistake("The slope of |w| does not depend on how large w is: +1 or −1. This is the gradient of L2.")
    def keeps_the_l2_gradient(W):
        return np.sum(np.abs(W)), 2 * W

    @mistake("The gradient is 1 everywhere. For a negative weight |w| goes down as w goes up: the slope is −1.")
    def loses_the_sign(W):
        return np.sum(np.abs(W)), np.ones_like(W)

    @mistake(
        "A weight that is exactly 0 gets the slope −1. The exercise asks for 0 there, so that a zero weight may stay zero."
    )
    def pushes_zeros_down(W):
        return np.sum(np.abs(W)), np.where(W > 0, 1.0, -1.0)

    @mistake(
        "A weight that is exactly 0 gets the slope +1. The exercise asks for 0 there, so that a zero weight may stay zero."
    )
    def pushes_zeros_up(W):
        return np.sum(np.abs(W)), np.where(W >= 0, 1.0, -1.0)

    @mistake("W / |W| is 0/0, NaN, at a weight that is exactly 0. `np.sign` gives 0 there.")
    def divides_by_zero(W):
        return np.sum(np.abs(W)), W / np.abs(W)

    @mistake("You average over the weights. The penalty is their sum.")
    def averages(W):
        return np.mean(np.abs(W)), np.sign(W) / W.size

    @accepted
    def by_comparisons(W):
        return abs(W).sum(), (W > 0).astype(float) - (W < 0)

    @accepted
    def by_a_loop(W):
        return sum(abs(float(w)) for w in W.ravel()), np.sign(W).astype(np.float32)


class ElasticNet:
    @mistake("β stands at the wrong term: it multiplies the squares, and the absolute values count in full.")
    def puts_beta_on_the_other_term(W, beta):
        return np.sum(W * W) + beta * np.sum(np.abs(W)), 2 * W + beta * np.sign(W)

    @mistake("You mix with β and 1 − β, as some libraries do. Here it is βW² + |W|: the second term has no factor.")
    def mixes_with_one_minus_beta(W, beta):
        return beta * np.sum(W * W) + (1 - beta) * np.sum(np.abs(W)), 2 * beta * W + (1 - beta) * np.sign(W)

    @mistake("β multiplies both terms. It belongs to the squares alone.")
    def multiplies_both(W, beta):
        return beta * (np.sum(W * W) + np.sum(np.abs(W))), beta * (2 * W + np.sign(W))

    @mistake("β is missing from the gradient: what is scaled in R is scaled in dW.")
    def forgets_beta_in_the_gradient(W, beta):
        return np.sum(beta * W * W + np.abs(W)), 2 * W + np.sign(W)

    @mistake("The factor 2 is missing from the gradient of βW².")
    def forgets_the_factor_two(W, beta):
        return np.sum(beta * W * W + np.abs(W)), beta * W + np.sign(W)

    @accepted
    def in_one_expression(W, beta):
        return (beta * W**2 + abs(W)).sum(), np.sign(W) * (1 + 2 * beta * abs(W))


class MaxNorm:
    @mistake("You scale rows. The weights of one class are a column of W, shape (D, C): measure along axis 0.")
    def scales_rows(W, limit):
        return W / np.maximum(np.linalg.norm(W, axis=1, keepdims=True) / limit, 1)

    @mistake("Every column is brought to the limit, the short ones too. They should stay as they are.")
    def stretches_short_columns(W, limit):
        lengths = np.linalg.norm(W, axis=0)
        return W * limit / np.where(lengths == 0, 1, lengths)

    @mistake(
        "You clip single weights. It is the length of the whole column that is limited; its direction should not change."
    )
    def clips_entries(W, limit):
        return np.clip(W, -limit, limit)

    @mistake("You measure the whole matrix at once. Each column has its own length, and its own limit.")
    def measures_the_whole_matrix(W, limit):
        return W / max(np.linalg.norm(W) / limit, 1)

    @mistake(
        "A column of zeros turns into NaN: limit / 0 is infinite, and 0 · ∞ is no number. Divide by max(length / limit, 1)."
    )
    def makes_nan_of_zeros(W, limit):
        lengths = np.linalg.norm(W, axis=0)
        return np.where(lengths > limit, W * limit / lengths, W * (limit / lengths) / (limit / lengths))

    @mistake("Long columns end up with length 1, not with length `limit`.")
    def normalizes_to_one(W, limit):
        lengths = np.linalg.norm(W, axis=0)
        return np.where(lengths > limit, W / np.where(lengths == 0, 1, lengths), W)

    @mistake("Your code writes into the caller's W. Return a new array.")
    def writes_into_w(W, limit):
        W /= np.maximum(np.linalg.norm(W, axis=0) / limit, 1)
        return W

    @accepted
    def by_a_loop(W, limit):
        W = W.copy()
        for c in range(W.shape[1]):
            length = np.sqrt((W[:, c] ** 2).sum())
            if length > limit:
                W[:, c] *= limit / length
        return W

    @accepted
    def with_a_minimum(W, limit):
        lengths = np.linalg.norm(W, axis=0)
        return W * np.minimum(1.0, limit / np.maximum(lengths, 1e-300))


class DataLossPlusRegularization:
    @mistake("The regularization is in the loss but not in the gradient: reg · dR is missing from dW.")
    def forgets_the_penalty_gradient(W, X, y, reg, data_loss, penalty):
        loss, dscores = data_loss(X @ W, y)
        return loss + reg * penalty(W)[0], X.T @ dscores

    @mistake("The penalty is added at full strength: reg is missing. It decides how much simplicity is worth.")
    def forgets_reg(W, X, y, reg, data_loss, penalty):
        loss, dscores = data_loss(X @ W, y)
        R, dR = penalty(W)
        return loss + R, X.T @ dscores + dR

    @mistake("reg is missing from the gradient: what is scaled in the loss is scaled in dW.")
    def forgets_reg_in_the_gradient(W, X, y, reg, data_loss, penalty):
        loss, dscores = data_loss(X @ W, y)
        R, dR = penalty(W)
        return loss + reg * R, X.T @ dscores + dR

    @mistake("You divide by N again. The data loss has averaged already; dscores brings the 1/N along.")
    def averages_twice(W, X, y, reg, data_loss, penalty):
        loss, dscores = data_loss(X @ W, y)
        R, dR = penalty(W)
        return loss / len(y) + reg * R, X.T @ dscores / len(y) + reg * dR

    @mistake("The penalty is divided by N. R speaks of W alone: it does not depend on how many examples there are.")
    def averages_the_penalty(W, X, y, reg, data_loss, penalty):
        loss, dscores = data_loss(X @ W, y)
        R, dR = penalty(W)
        return loss + reg * R / len(y), X.T @ dscores + reg * dR / len(y)

    @mistake("The data's part of dW is missing: through the scores, W changes the loss by X.T @ dscores.")
    def forgets_the_data_gradient(W, X, y, reg, data_loss, penalty):
        R, dR = penalty(W)
        return data_loss(X @ W, y)[0] + reg * R, reg * dR

    @mistake("dW comes out transposed, (C, D). It has the shape of W: X.T @ dscores.")
    def transposes_the_gradient(W, X, y, reg, data_loss, penalty):
        loss, dscores = data_loss(X @ W, y)
        R, dR = penalty(W)
        return loss + reg * R, dscores.T @ X + reg * dR.T

    @mistake("The penalty is subtracted: large weights would be rewarded.")
    def subtracts_the_penalty(W, X, y, reg, data_loss, penalty):
        loss, dscores = data_loss(X @ W, y)
        R, dR = penalty(W)
        return loss - reg * R, X.T @ dscores - reg * dR

    @accepted
    def example_by_example(W, X, y, reg, data_loss, penalty):
        loss, dscores = data_loss(np.einsum("nd,dc->nc", X, W), y)
        dW = sum(np.outer(x, ds) for x, ds in zip(X, dscores, strict=True))
        R, dR = penalty(W)
        return loss + reg * R, dW + reg * dR
