"""Convolutional networks: the three-layer one to begin with, and LeNet as it was in 1998."""

from chalkgrad.initializers import he, xavier
from chalkgrad.layers.activations import ReLU, Tanh
from chalkgrad.layers.affine import Affine
from chalkgrad.layers.convolution import Conv, conv_output_size
from chalkgrad.layers.normalization import BatchNorm
from chalkgrad.layers.pooling import AveragePool, MaxPool
from chalkgrad.losses import softmax_loss
from chalkgrad.networks.sequential import Classifier, Flatten


class ThreeLayerConvNet(Classifier):
    """conv, ReLU, 2 × 2 max pooling, affine, ReLU, affine; with `norm`, batch norm after the convolution.

    Shapes: x (N, C, H, W) -> scores (N, classes).
    Raises: ValueError when the picture is too small.
    Lecture: 5.
    Source: CS231n notes, convolutional-networks, "Layer patterns".
    """

    def __init__(
        self, shape, classes, rng, filters=16, filter_size=5, hidden=64, reg=0.0, norm=False, data_loss=softmax_loss
    ):
        C, H, W = shape
        pad = (filter_size - 1) // 2  # the convolution keeps the size
        sides = [conv_output_size(conv_output_size(side, filter_size, 1, pad), 2, 2) for side in (H, W)]
        layers = [("conv", Conv(C, filters, filter_size, rng, pad=pad))]
        if norm:
            layers.append(("norm", BatchNorm(filters)))
        layers += [("relu1", ReLU()), ("pool", MaxPool()), ("flat", Flatten())]
        layers += [("affine1", Affine(filters * sides[0] * sides[1], hidden, rng, he)), ("relu2", ReLU())]
        super().__init__(*layers, ("affine2", Affine(hidden, classes, rng, he)), reg=reg, data_loss=data_loss)


class LeNet(Classifier):
    """LeNet-5 in its plain form: two rounds of 5 × 5 convolution, tanh and averaging, then 120, 84 and the classes.

    Shapes: x (N, 1, 28, 28) (or 32 × 32 without padding) -> scores (N, classes).
    Lecture: 5.
    Source: LeCun et al. 1998, "Gradient-based learning applied to document recognition", fully connected between the maps.
    """

    def __init__(self, rng, classes=10, channels=1, side=28, data_loss=softmax_loss):
        pad = 2 if side == 28 else 0
        last = ((side + 2 * pad - 4) // 2 - 4) // 2
        super().__init__(
            ("conv1", Conv(channels, 6, 5, rng, pad=pad, initializer=xavier)),
            ("tanh1", Tanh()),
            ("pool1", AveragePool()),
            ("conv2", Conv(6, 16, 5, rng, initializer=xavier)),
            ("tanh2", Tanh()),
            ("pool2", AveragePool()),
            ("flat", Flatten()),
            ("affine1", Affine(16 * last * last, 120, rng, xavier)),
            ("tanh3", Tanh()),
            ("affine2", Affine(120, 84, rng, xavier)),
            ("tanh4", Tanh()),
            ("affine3", Affine(84, classes, rng, xavier)),
            data_loss=data_loss,
        )
