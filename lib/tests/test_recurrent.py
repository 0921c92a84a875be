"""RNN and LSTM against torch's, forward and backward; the masked loss; clipping; gradients that vanish."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from against_torch import PRECISIONS, compare

from chalkgrad import recurrent as r
from chalkgrad.gradcheck import EXACT, GRADIENT, gradient_check, relative_error

N, T, D, H = 3, 5, 4, 6
KINDS = {
    "rnn": (r.rnn_forward, r.rnn_backward, 1, torch.nn.RNN),
    "lstm": (r.lstm_forward, r.lstm_backward, 4, torch.nn.LSTM),
}
TO_TORCH = [0, 1, 3, 2]  # ours: input, forget, output, candidate; torch: input, forget, candidate, output


def drawn(width, dtype=np.float64, seed=0):
    rng = np.random.default_rng(seed)
    shapes = ((N, T, D), (N, H), (D, width * H), (H, width * H), (width * H,))
    return [(0.5 * rng.normal(size=shape)).astype(dtype) for shape in shapes]


def torchs(array, width):
    """The columns of our weights in torch's order of gates, as torch's rows."""
    blocks = np.split(array, width, axis=-1)
    return np.concatenate([blocks[i] for i in (TO_TORCH if width == 4 else [0])], axis=-1).T


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_sequences_are_torchs(backend, kind, dtype, tolerance):
    forward, backward, width, module = KINDS[kind]
    x, h0, Wx, Wh, b = drawn(width, dtype)
    h, cache = forward(*(backend(a) for a in (x, h0, Wx, Wh, b)))
    dh = np.random.default_rng(1).normal(size=(N, T, H)).astype(dtype)
    dx, dh0, dWx, dWh, db = (backend.numpy(g) for g in backward(backend(dh), cache))

    theirs = module(D, H, batch_first=True, dtype=torch.float32 if dtype == np.float32 else torch.float64)
    with torch.no_grad():
        for name, value in (("weight_ih_l0", Wx), ("weight_hh_l0", Wh), ("bias_ih_l0", b)):
            getattr(theirs, name).copy_(torch.tensor(torchs(value, width)))
        theirs.bias_hh_l0.zero_()
    tx, th = torch.tensor(x, requires_grad=True), torch.tensor(h0[None], requires_grad=True)
    out, _ = theirs(tx, (th, torch.zeros_like(th)) if width == 4 else th)
    out.backward(torch.tensor(dh))
    compare("h", backend.numpy(h), out.detach().numpy(), tolerance)
    compare("dx", dx, tx.grad.numpy(), tolerance)
    compare("dh0", dh0, th.grad[0].numpy(), tolerance)
    compare("dWx", torchs(dWx, width), theirs.weight_ih_l0.grad.numpy(), tolerance)
    compare("dWh", torchs(dWh, width), theirs.weight_hh_l0.grad.numpy(), tolerance)
    compare("db", torchs(db, width), theirs.bias_ih_l0.grad.numpy(), tolerance)


def test_a_step_has_the_measured_gradients():
    x, h, Wx, Wh, b = drawn(1)
    x = x[:, 0]
    out, cache = r.rnn_step_forward(x, h, Wx, Wh, b)
    dout = np.random.default_rng(2).normal(size=out.shape)
    args = [x, h, Wx, Wh, b]
    for i, grad in enumerate(r.rnn_step_backward(dout, cache)):

        def of(value, i=i):
            return r.rnn_step_forward(*args[:i], value, *args[i + 1 :])[0]

        assert gradient_check(of, grad, args[i], dout) < GRADIENT


def test_the_lstm_does_not_overflow(backend):
    x, h0, Wx, Wh, b = drawn(4)
    h, _ = r.lstm_forward(*(backend(a) for a in (1e4 * x, h0, Wx, Wh, b)))
    assert np.isfinite(backend.numpy(h)).all()


def test_temporal_affine_is_torchs_linear(backend):
    rng = np.random.default_rng(0)
    x, w, b, dout = (rng.normal(size=s) for s in ((2, 3, 4), (4, 5), (5,), (2, 3, 5)))
    out, cache = r.temporal_affine_forward(backend(x), backend(w), backend(b))
    leaves = [torch.tensor(a, requires_grad=True) for a in (x, w, b)]
    theirs = leaves[0] @ leaves[1] + leaves[2]
    theirs.backward(torch.tensor(dout))
    compare("out", backend.numpy(out), theirs.detach().numpy(), EXACT)
    for ours, leaf in zip(r.temporal_affine_backward(backend(dout), cache), leaves, strict=True):
        compare("gradient", backend.numpy(ours), leaf.grad.numpy(), EXACT)


def test_the_masked_loss_counts_what_counts(backend):
    rng = np.random.default_rng(0)
    scores, y = rng.normal(size=(3, 4, 5)), rng.integers(5, size=(3, 4))
    mask = np.array([[1, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]], dtype=bool)
    loss, dscores = r.temporal_softmax_loss(backend(scores), backend(y), backend(mask))
    s = torch.tensor(scores, requires_grad=True)
    each = F.cross_entropy(s.reshape(12, 5), torch.tensor(y).reshape(12), reduction="none")
    theirs = (each * torch.tensor(mask).reshape(12)).sum() / 3
    theirs.backward()
    compare("loss", np.asarray(backend.numpy(loss)), theirs.detach().numpy(), EXACT)
    compare("dscores", backend.numpy(dscores), s.grad.numpy(), EXACT)
    nothing, none = r.temporal_softmax_loss(backend(scores), backend(y), backend(np.zeros_like(mask)))
    assert float(nothing) == 0 and not backend.numpy(none).any()


def test_clipping_keeps_the_direction(backend):
    grads = {"a": backend(np.array([3.0, 0.0])), "b": backend(np.array([[4.0]]))}
    clipped, length = r.clip_gradient(grads, 1.0)
    assert length == 5.0
    assert relative_error(backend.numpy(clipped["a"]), np.array([0.6, 0.0])) < EXACT
    same, _ = r.clip_gradient(grads, 10.0)
    assert np.array_equal(backend.numpy(same["b"]), [[4.0]])
    assert r.clip_gradient({"a": backend(np.zeros(2))}, 1.0)[1] == 0


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("scale", "grows"), [(0.5, False), (2.5, True)])
def test_gradients_vanish_or_explode_with_the_recurrent_weights(seed, scale, grows):
    rng = np.random.default_rng(seed)
    steps, width = 30, 20
    Wh = scale * rng.normal(size=(width, width)) / np.sqrt(width)
    x, h0 = np.zeros((1, steps, 1)), 1e-9 * rng.normal(size=(1, width))  # near 0 the tanh is straight
    _, cache = r.rnn_forward(x, h0, np.zeros((1, width)), Wh, np.zeros(width))
    dh = np.zeros((1, steps, width))
    dh[:, -1] = rng.normal(size=width)
    length = np.linalg.norm(r.rnn_backward(dh, cache)[1]) / np.linalg.norm(dh)
    assert length > 1e3 if grows else length < 1e-3


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda x, h, Wx, Wh, b: r.rnn_forward(x[:, 0], h, Wx, Wh, b), "expected 3 axes"),
        (lambda x, h, Wx, Wh, b: r.rnn_forward(x, h[:2], Wx, Wh, b), "N must be 3"),
        (lambda x, h, Wx, Wh, b: r.rnn_forward(x, h, Wx.T, Wh, b), "`Wx` has shape"),
        (lambda x, h, Wx, Wh, b: r.lstm_forward(x, h, Wx, Wh, b), "M must be 24"),
        (lambda x, h, Wx, Wh, b: r.clip_gradient({}, 0), "`limit` is 0"),
        (
            lambda x, h, Wx, Wh, b: r.temporal_softmax_loss(x, np.zeros((N, T), int), np.ones((N, T))),
            "`mask` has dtype",
        ),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises((ValueError, TypeError), match=says):
        call(*drawn(1))
