"""Classifiers without convolution: linear, two-layer, and fully connected of any depth."""

from functools import partial

from chalkgrad.initializers import he, normal
from chalkgrad.layers.activations import ReLU
from chalkgrad.layers.affine import Affine
from chalkgrad.layers.dropout import Dropout
from chalkgrad.layers.normalization import BatchNorm, LayerNorm
from chalkgrad.losses import softmax_loss
from chalkgrad.networks.sequential import Classifier

NORMS = {None: None, "batch": BatchNorm, "layer": LayerNorm}


class LinearClassifier(Classifier):
    """Scores X @ W + b: one template for each class.

    Shapes: x (N, D) -> scores (N, C).
    Lecture: 2, 3.
    Source: CS231n notes, linear-classify.
    """

    def __init__(self, D, C, rng, reg=0.0, data_loss=softmax_loss, scale=1e-3):
        super().__init__(("affine", Affine(D, C, rng, partial(normal, std=scale))), reg=reg, data_loss=data_loss)


class TwoLayerNet(Classifier):
    """affine, ReLU, affine: many templates, and a vote among them.

    Shapes: x (N, D) -> scores (N, C).
    Lecture: 4.
    Source: Rumelhart et al. 1986, "Learning representations by back-propagating errors".
    """

    def __init__(self, D, H, C, rng, reg=0.0, data_loss=softmax_loss, initializer=he):
        layers = (
            ("affine1", Affine(D, H, rng, initializer)),
            ("relu", ReLU()),
            ("affine2", Affine(H, C, rng, initializer)),
        )
        super().__init__(*layers, reg=reg, data_loss=data_loss)


class FullyConnectedNet(Classifier):
    """Any number of hidden layers: affine, norm, ReLU, dropout, again and again, and a last affine.

    Shapes: x (N, D) -> scores (N, C).
    Raises: ValueError for an unknown kind of norm.
    Lecture: 4, 6, 7.
    Source: CS231n notes, neural-networks-1.
    """

    def __init__(self, D, hidden, C, rng, reg=0.0, norm=None, keep=1.0, data_loss=softmax_loss, initializer=he):
        if norm not in NORMS:
            raise ValueError(f"`norm` is {norm!r}; expected None, 'batch' or 'layer'.")
        layers, width = [], D
        for i, H in enumerate(hidden, start=1):
            layers.append((f"affine{i}", Affine(width, H, rng, initializer)))
            if norm:
                layers.append((f"norm{i}", NORMS[norm](H)))
            layers.append((f"relu{i}", ReLU()))
            if keep < 1:
                layers.append((f"dropout{i}", Dropout(keep, rng)))
            width = H
        layers.append((f"affine{len(hidden) + 1}", Affine(width, C, rng, initializer)))
        super().__init__(*layers, reg=reg, data_loss=data_loss)
