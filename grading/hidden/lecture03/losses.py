"""Hidden cases of `lecture03/losses`: other sizes, other labels, and the corners that the open cases leave alone."""

import numpy as np

from grading.lecture03.losses.inputs import fourth_powers, rounded_size, shares, squared_error, total_score


def scores_and_labels(rng, scale=1.0):
    """Scores of a drawn size, N ≠ C, and labels that are not all the same."""
    N, C = int(rng.integers(3, 9)), int(rng.integers(9, 14))
    return dict(scores=scale * rng.normal(size=(N, C)), y=rng.permutation(C)[:N])


def weights(rng):
    """A matrix of a drawn size, D ≠ C, with one weight that is exactly zero."""
    W = rng.normal(size=(int(rng.integers(2, 6)), int(rng.integers(6, 9))))
    W[1, 2] = 0.0
    return W


class SvmLossNaive:
    def cases(self, rng):
        yield "a batch of another size", scores_and_labels(rng)
        yield ("a batch with only two classes", dict(scores=rng.normal(size=(7, 2)), y=rng.integers(2, size=7)))


class SvmLoss:
    def cases(self, rng):
        yield "a batch of another size", scores_and_labels(rng, 2.0)
        yield ("all one class", dict(scores=2 * rng.normal(size=(6, 4)), y=np.full(6, int(rng.integers(4)))))


class SquaredHingeLoss:
    def cases(self, rng):
        yield "a batch of another size", scores_and_labels(rng, 2.0)
        yield ("all one class", dict(scores=2 * rng.normal(size=(6, 4)), y=np.full(6, int(rng.integers(4)))))


class CrossEntropyOf:
    def cases(self, rng):
        made = scores_and_labels(rng, 2.0)
        yield ("a batch of another size", dict(probabilities=shares(made["scores"]), y=made["y"]))
        yield (
            "probabilities that are very small",
            dict(probabilities=shares(20 * rng.normal(size=(3, 5))), y=rng.integers(5, size=3)),
        )


class SoftmaxLossNaive:
    def cases(self, rng):
        yield "a batch of another size", scores_and_labels(rng)
        yield ("a batch with only two classes", dict(scores=rng.normal(size=(7, 2)), y=rng.integers(2, size=7)))


class SoftmaxLoss:
    def cases(self, rng):
        yield "a batch of another size", scores_and_labels(rng, 2.0)
        far = rng.normal(size=(5, 6)) + 5000 * rng.permutation(np.arange(-2.0, 3.0))[:, None]
        yield "rows that lie far apart", dict(scores=far, y=rng.integers(6, size=5))


class L2:
    def cases(self, rng):
        yield "weights of another size", dict(W=weights(rng))


class L1:
    def cases(self, rng):
        yield "weights of another size", dict(W=weights(rng))


class ElasticNet:
    def cases(self, rng):
        yield ("weights of another size", dict(W=weights(rng), beta=float(rng.uniform(0.2, 3))))


class MaxNorm:
    def cases(self, rng):
        W = weights(rng)
        W[:, -1] = 0.0
        yield "weights of another size", dict(W=W, limit=float(rng.uniform(0.8, 1.6)))


class DataLossPlusRegularization:
    def cases(self, rng):
        for name, data_loss, penalty in (
            ("a batch of another size", squared_error, rounded_size),
            ("another loss, another penalty", total_score, fourth_powers),
        ):
            N, D, C = (int(rng.integers(2, 6)), int(rng.integers(6, 9)), int(rng.integers(3, 6)))
            yield (name, self.drawn(rng, N, D, C, float(rng.uniform(0.1, 2)), data_loss, penalty))
