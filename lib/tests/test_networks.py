"""Networks against the same network in torch: loss, and the gradient of every parameter; sanity, overfitting, moving."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from against_torch import PRECISIONS, compare

from chalkgrad.gradcheck import EXACT, GRADIENT, gradient_check, relative_error
from chalkgrad.losses import softmax_loss, svm_loss
from chalkgrad.networks import captioner, classifiers, convnets
from chalkgrad.networks.sequential import Classifier, Flatten, Sequential
from chalkgrad.optimizers import Adam

RNG = np.random.default_rng


def pool_norm(x, p, norm):
    x = F.conv2d(x, p["conv.w"], p["conv.b"], padding=p["conv.w"].shape[-1] // 2)
    if norm:
        x = F.batch_norm(x, None, None, p["norm.gamma"], p["norm.beta"], True)
    return F.max_pool2d(torch.relu(x), 2).flatten(1)


def deep(x, p, norm):
    for i in (1, 2):
        x = x @ p[f"affine{i}.w"] + p[f"affine{i}.b"]
        if norm == "batch":
            x = F.batch_norm(x, None, None, p[f"norm{i}.gamma"], p[f"norm{i}.beta"], True)
        if norm == "layer":
            x = F.layer_norm(x, x.shape[1:], p[f"norm{i}.gamma"], p[f"norm{i}.beta"])
        x = torch.relu(x)
    return x @ p["affine3.w"] + p["affine3.b"]


def lenet(x, p):
    x = F.avg_pool2d(torch.tanh(F.conv2d(x, p["conv1.w"], p["conv1.b"], padding=2)), 2)
    x = F.avg_pool2d(torch.tanh(F.conv2d(x, p["conv2.w"], p["conv2.b"])), 2).flatten(1)
    for i in (1, 2):
        x = torch.tanh(x @ p[f"affine{i}.w"] + p[f"affine{i}.b"])
    return x @ p["affine3.w"] + p["affine3.b"]


def two(x, p):
    return torch.relu(x @ p["affine1.w"] + p["affine1.b"]) @ p["affine2.w"] + p["affine2.b"]


NETS = {
    "linear": (lambda: classifiers.LinearClassifier(6, 4, RNG(0), reg=0.3), (5, 6), lambda x, p: x @ p["affine.w"] + p["affine.b"]),
    "two-layer": (lambda: classifiers.TwoLayerNet(6, 7, 4, RNG(0), reg=0.3), (5, 6), two),
    "deep": (lambda: classifiers.FullyConnectedNet(6, (5, 7), 4, RNG(0), reg=0.1), (5, 6), lambda x, p: deep(x, p, None)),
    "deep, batch norm": (
        lambda: classifiers.FullyConnectedNet(6, (5, 7), 4, RNG(0), reg=0.1, norm="batch"), (5, 6), lambda x, p: deep(x, p, "batch"),
    ),
    "deep, layer norm": (
        lambda: classifiers.FullyConnectedNet(6, (5, 7), 4, RNG(0), norm="layer"), (1, 6), lambda x, p: deep(x, p, "layer"),
    ),
    "convnet": (
        lambda: convnets.ThreeLayerConvNet((3, 6, 9), 4, RNG(0), 5, 3, 7, reg=0.2), (2, 3, 6, 9),
        lambda x, p: two(pool_norm(x, p, False), p),
    ),
    "convnet, batch norm": (
        lambda: convnets.ThreeLayerConvNet((3, 6, 9), 4, RNG(0), 5, 3, 7, norm=True), (2, 3, 6, 9),
        lambda x, p: two(pool_norm(x, p, True), p),
    ),
    "lenet": (lambda: convnets.LeNet(RNG(0)), (2, 1, 28, 28), lenet),
}  # fmt: skip


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("name", NETS)
def test_loss_and_every_gradient_are_torchs(backend, name, dtype, tolerance):
    make, shape, theirs = NETS[name]
    net, x = make().to(backend(np.zeros(1, dtype))), RNG(1).normal(size=shape).astype(dtype)
    y = RNG(2).integers(4, size=shape[0])
    loss, grads = net.loss(backend(x), backend(y))
    leaves = {key: torch.tensor(backend.numpy(value), requires_grad=True) for key, value in net.params.items()}
    wanted = F.cross_entropy(theirs(torch.tensor(x), leaves), torch.tensor(y))
    wanted = wanted + net.reg * sum((leaf**2).sum() for key, leaf in leaves.items() if key.endswith("w"))
    wanted.backward()
    compare("loss", np.asarray(backend.numpy(loss)), wanted.detach().numpy(), tolerance)
    assert grads.keys() == leaves.keys()
    for key, leaf in leaves.items():
        got, want = backend.numpy(grads[key]), leaf.grad.numpy()
        # A bias in front of a norm has gradient 0 up to rounding: there is no scale of its own to compare on.
        if np.abs(want).max() > 1e-6:
            compare(key, got, want, 10 * tolerance)
        else:
            assert np.abs(got).max() < 1e-6


@pytest.mark.parametrize(("loss", "first"), [(softmax_loss, np.log(10)), (svm_loss, 9)])
def test_an_untrained_net_knows_nothing(loss, first):
    net = classifiers.LinearClassifier(3072, 10, RNG(0), data_loss=loss, scale=1e-5)
    assert float(net.loss(RNG(1).normal(size=(50, 3072)), RNG(2).integers(10, size=50))[0]) == pytest.approx(
        first, rel=1e-2
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: classifiers.TwoLayerNet(48, 40, 5, RNG(0)),
        lambda: convnets.ThreeLayerConvNet((3, 4, 4), 5, RNG(0), 8, 3, 20),
    ],
)
def test_a_handful_of_examples_can_be_learned_by_heart(make):
    net, optimizer = make(), Adam(5e-3)
    x, y = RNG(1).normal(size=(20, 3, 4, 4)), RNG(2).integers(5, size=20)
    x = x if "conv" in net.layers else x.reshape(20, -1)
    for _ in range(120):
        loss, grads = net.loss(x, y)
        optimizer.step(net.params, grads)
    assert float(loss) < 0.05 and (net.predict(x) == y).all()


def test_a_norms_running_averages_belong_to_the_state_and_predicting_leaves_them_alone():
    net = classifiers.FullyConnectedNet(6, (5,), 3, RNG(0), norm="batch", keep=0.5)
    assert {"norm1.running_mean", "norm1.running_var"} <= net.state().keys() - net.params.keys()
    x = RNG(1).normal(size=(8, 6))
    net.loss(x, RNG(2).integers(3, size=8))
    before = net.state()["norm1.running_mean"].copy()
    first, second = net.predict(x), net.predict(x)
    assert np.array_equal(first, second) and np.array_equal(before, net.state()["norm1.running_mean"])
    assert net.training and all(layer.training for layer in net.layers.values())
    other = classifiers.FullyConnectedNet(6, (5,), 3, RNG(9), norm="batch").load(net.state())
    assert relative_error(other.scores(x), net.scores(x)) < EXACT


def test_rows_of_layers_nest():
    inner = Sequential(("flat", Flatten()))
    net = Classifier(("inner", inner), ("out", classifiers.Affine(12, 3, RNG(0))))
    assert net.scores(np.ones((2, 3, 4))).shape == (2, 3) and list(net.params) == ["out.w", "out.b"]


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_captioner_has_the_measured_gradients_and_learns_to_speak(backend, cell):
    net = captioner.Captioner(6, 5, 7, 8, RNG(0), cell).to(backend(np.zeros(1)))
    features = backend(RNG(1).normal(size=(3, 6)))
    captions = np.array([[1, 3, 4, 2, 0], [1, 5, 2, 0, 0], [1, 6, 7, 3, 2]])
    _, grads = net.loss(features, backend(captions))
    grads = {name: grad for name, grad in grads.items()}
    for name in ("image.w", "words.w", "Wh", "scores.b"):
        value = net.params[name]
        assert gradient_check(lambda v: net.loss(features, backend(captions))[0], grads[name], value) < GRADIENT, name
    optimizer = Adam(0.02)
    for _ in range(150):
        loss, grads = net.loss(features, backend(captions))
        optimizer.step(net.params, grads)
    assert float(loss) < 0.1
    assert backend.numpy(net.sample(features, 4)).tolist() == captions[:, 1:].tolist()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: classifiers.FullyConnectedNet(3, (4,), 2, RNG(0), norm="btach"), "`norm` is 'btach'"),
        (lambda: classifiers.TwoLayerNet(3, 4, 2, RNG(0), reg=-1), "`reg` is -1"),
        (lambda: Sequential(("a", Flatten()), ("a", Flatten())), "names must differ"),
        (lambda: captioner.Captioner(3, 3, 3, 5, RNG(0), cell="gru"), "expected 'rnn' or 'lstm'"),
        (
            lambda: classifiers.LinearClassifier(3, 2, RNG(0)).load({"affine.w": np.ones((3, 2))}),
            "in layer `affine`: `b` is missing",
        ),
        (lambda: classifiers.LinearClassifier(3, 2, RNG(0)).loss(np.ones((4, 5)), np.zeros(4, int)), "D must be 5"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()
