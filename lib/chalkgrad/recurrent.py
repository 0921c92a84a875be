"""Recurrent networks: the same weights at every step, and a state that remembers.

Sequences are (N, T, D): N examples, T steps. A step takes the input and the last state to the next state; running it over T steps is a
loop, and running it backwards is the same loop from the end, where the gradient that reaches a state comes from two sides: from what
was predicted there, and from everything later.
"""

import math

from chalkgrad import _expect
from chalkgrad.layers.affine import affine_backward, affine_forward
from chalkgrad.losses import softmax_loss


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    """Return the next state, tanh(x Wx + h Wh + b), and what backward needs.

    Shapes: x (N, D), prev_h (N, H), Wx (D, H), Wh (H, H), b (H,) -> next_h (N, H), cache.
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 10.
    Source: Elman 1990, "Finding structure in time".
    """
    xp = _expect.arrays(x=x, prev_h=prev_h, Wx=Wx, Wh=Wh, b=b)
    _expect.floats(x=x, prev_h=prev_h, Wx=Wx, Wh=Wh, b=b)
    N, D = _expect.shape("x", x, "N", "D")
    _, H = _expect.shape("prev_h", prev_h, "N", "H", N=N)
    _weights(Wx, Wh, b, D, H, H)
    next_h = xp.tanh(x @ Wx + prev_h @ Wh + b)
    return next_h, (x, prev_h, Wx, Wh, next_h)


def rnn_step_backward(dnext_h, cache):
    """Return the gradients of everything a step took in.

    Shapes: dnext_h (N, H) -> dx (N, D), dprev_h (N, H), dWx (D, H), dWh (H, H), db (H,).
    Lecture: 10.
    Source: Werbos 1990, "Backpropagation through time".
    """
    x, prev_h, Wx, Wh, next_h = cache
    draw = dnext_h * (1 - next_h * next_h)  # through the tanh, (N, H)
    return _linear_backward(draw, x, prev_h, Wx, Wh)


def rnn_forward(x, h0, Wx, Wh, b):
    """Run the step over a sequence; return every state.

    Shapes: x (N, T, D), h0 (N, H), Wx (D, H), Wh (H, H), b (H,) -> h (N, T, H), cache.
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 10.
    Source: Elman 1990.
    """
    xp = _expect.arrays(x=x, h0=h0)
    _, T, _ = _expect.shape("x", x, "N", "T", "D")
    states, caches, h = [], [], h0
    for t in range(T):
        h, cache = rnn_step_forward(x[:, t], h, Wx, Wh, b)
        states.append(h)
        caches.append(cache)
    return xp.stack(states, axis=1), caches


def rnn_backward(dh, caches):
    """Run the steps backwards: at each, the gradient from its own output and from all later steps add.

    Shapes: dh (N, T, H) -> dx (N, T, D), dh0 (N, H), dWx (D, H), dWh (H, H), db (H,).
    Lecture: 10.
    Source: Werbos 1990.
    """
    xp = _expect.arrays(dh=dh)
    later = xp.zeros_like(dh[:, 0])
    dxs, sums = [], None
    for t in reversed(range(dh.shape[1])):
        dx, later, *dparams = rnn_step_backward(dh[:, t] + later, caches[t])
        dxs.append(dx)
        sums = dparams if sums is None else [total + d for total, d in zip(sums, dparams, strict=True)]
    return xp.stack(dxs[::-1], axis=1), later, *sums


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    """Return the next state and cell of an LSTM; the four gates lie side by side as input, forget, output, candidate.

    c = f·c + i·g, h = o·tanh(c): the cell is changed by adding, so that gradients pass through many steps.

    Shapes: x (N, D), prev_h, prev_c (N, H), Wx (D, 4H), Wh (H, 4H), b (4H,) -> next_h, next_c (N, H), cache.
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 10.
    Source: Hochreiter & Schmidhuber 1997, "Long short-term memory"; Gers et al. 2000 for the forget gate.
    """
    xp = _expect.arrays(x=x, prev_h=prev_h, prev_c=prev_c, Wx=Wx, Wh=Wh, b=b)
    _expect.floats(x=x, prev_h=prev_h, prev_c=prev_c, Wx=Wx, Wh=Wh, b=b)
    N, D = _expect.shape("x", x, "N", "D")
    _, H = _expect.shape("prev_h", prev_h, "N", "H", N=N)
    _expect.shape("prev_c", prev_c, "N", "H", N=N, H=H)
    _weights(Wx, Wh, b, D, H, 4 * H)
    raw = x @ Wx + prev_h @ Wh + b  # (N, 4H)
    # σ(z) = (1 + tanh(z/2)) / 2, which never overflows.
    i, f, o = ((1 + xp.tanh(raw[:, k * H : (k + 1) * H] / 2)) / 2 for k in range(3))
    g = xp.tanh(raw[:, 3 * H :])
    next_c = f * prev_c + i * g
    squashed = xp.tanh(next_c)
    return o * squashed, next_c, (x, prev_h, prev_c, Wx, Wh, i, f, o, g, squashed)


def lstm_step_backward(dnext_h, dnext_c, cache):
    """Return the gradients of everything a step took in.

    Shapes: dnext_h, dnext_c (N, H) -> dx (N, D), dprev_h, dprev_c (N, H), dWx (D, 4H), dWh (H, 4H), db (4H,).
    Lecture: 10.
    Source: Hochreiter & Schmidhuber 1997.
    """
    x, prev_h, prev_c, Wx, Wh, i, f, o, g, squashed = cache
    xp = _expect.arrays(dnext_h=dnext_h)
    dc = dnext_c + dnext_h * o * (1 - squashed * squashed)  # the cell is reached directly and through h
    draw = xp.concat(
        [dc * g * i * (1 - i), dc * prev_c * f * (1 - f), dnext_h * squashed * o * (1 - o), dc * i * (1 - g * g)],
        axis=1,
    )  # (N, 4H)
    dx, dprev_h, *dparams = _linear_backward(draw, x, prev_h, Wx, Wh)
    return dx, dprev_h, dc * f, *dparams


def lstm_forward(x, h0, Wx, Wh, b):
    """Run the LSTM over a sequence, from a cell of zeros; return every state.

    Shapes: x (N, T, D), h0 (N, H), Wx (D, 4H), Wh (H, 4H), b (4H,) -> h (N, T, H), cache.
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 10.
    Source: Hochreiter & Schmidhuber 1997.
    """
    xp = _expect.arrays(x=x, h0=h0)
    _, T, _ = _expect.shape("x", x, "N", "T", "D")
    states, caches, h, c = [], [], h0, xp.zeros_like(h0)
    for t in range(T):
        h, c, cache = lstm_step_forward(x[:, t], h, c, Wx, Wh, b)
        states.append(h)
        caches.append(cache)
    return xp.stack(states, axis=1), caches


def lstm_backward(dh, caches):
    """Run the LSTM's steps backwards; state and cell each carry a gradient from step to step.

    Shapes: dh (N, T, H) -> dx (N, T, D), dh0 (N, H), dWx (D, 4H), dWh (H, 4H), db (4H,).
    Lecture: 10.
    Source: Hochreiter & Schmidhuber 1997.
    """
    xp = _expect.arrays(dh=dh)
    later_h, later_c = xp.zeros_like(dh[:, 0]), xp.zeros_like(dh[:, 0])
    dxs, sums = [], None
    for t in reversed(range(dh.shape[1])):
        dx, later_h, later_c, *dparams = lstm_step_backward(dh[:, t] + later_h, later_c, caches[t])
        dxs.append(dx)
        sums = dparams if sums is None else [total + d for total, d in zip(sums, dparams, strict=True)]
    return xp.stack(dxs[::-1], axis=1), later_h, *sums


def temporal_affine_forward(x, w, b):
    """Apply the same affine layer at every step.

    Shapes: x (N, T, D), w (D, M), b (M,) -> out (N, T, M), cache.
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 10.
    Source: CS231n lecture 10.
    """
    N, T, D = _expect.shape("x", x, "N", "T", "D")
    out, cache = affine_forward(x.reshape((N * T, D)), w, b)
    return out.reshape((N, T, -1)), (cache, x.shape)


def temporal_affine_backward(dout, cache):
    """Return the gradients of x, w and b; the weights add up over all steps.

    Shapes: dout (N, T, M) -> dx (N, T, D), dw (D, M), db (M,).
    Lecture: 10.
    Source: CS231n lecture 10.
    """
    inner, shape = cache
    dx, dw, db = affine_backward(dout.reshape((shape[0] * shape[1], -1)), inner)
    return dx.reshape(shape), dw, db


def temporal_softmax_loss(scores, y, mask):
    """Return the softmax loss over all steps that count, summed over steps and averaged over examples, and its gradient.

    Sequences of different lengths are filled up; where `mask` is False the step is filling and costs nothing.

    Shapes: scores (N, T, V), y (N, T), mask (N, T) of True and False -> loss (), dscores (N, T, V).
    Raises: ValueError or TypeError when shapes, dtypes or labels do not fit.
    Lecture: 10.
    Source: CS231n lecture 10.
    """
    xp = _expect.arrays(scores=scores, y=y, mask=mask)
    N, T, V = _expect.shape("scores", scores, "N", "T", "V")
    _expect.shape("mask", mask, "N", "T", N=N, T=T)
    if not xp.isdtype(mask.dtype, "bool"):
        raise TypeError(
            f"`mask` has dtype {mask.dtype}; expected True where a step counts and False where it is filling."
        )
    counts = mask.reshape((N * T,))
    dscores = xp.zeros((N * T, V), dtype=scores.dtype, device=scores.device)
    if not bool(xp.any(counts)):
        return xp.sum(dscores), dscores.reshape(scores.shape)
    kept = scores.reshape((N * T, V))[counts]  # (steps that count, V)
    loss, dkept = softmax_loss(kept, y.reshape((N * T,))[counts])
    share = kept.shape[0] / N  # softmax_loss has averaged over the steps; here only examples are averaged
    dscores[counts] = dkept * share
    return loss * share, dscores.reshape(scores.shape)


def clip_gradient(grads, limit):
    """Return gradients scaled down together so that their common length is at most `limit`, and the length they had.

    All are scaled by the same factor: the step becomes shorter, its direction stays.

    Shapes: grads, a dict of arrays, limit a number > 0 -> (dict of arrays, a float).
    Raises: ValueError when limit is not positive.
    Lecture: 10.
    Source: Pascanu et al. 2013, "On the difficulty of training recurrent neural networks".
    """
    _expect.number("limit", limit, above=0)
    length = math.sqrt(sum(float((grad * grad).sum()) for grad in grads.values()))
    factor = min(1.0, limit / length) if length else 1.0
    return {name: grad * factor for name, grad in grads.items()}, length


def _linear_backward(draw, x, prev_h, Wx, Wh):
    """Back through raw = x Wx + h Wh + b."""
    xp = _expect.arrays(draw=draw)
    return draw @ Wx.T, draw @ Wh.T, x.T @ draw, prev_h.T @ draw, xp.sum(draw, axis=0)


def _weights(Wx, Wh, b, D, H, width):
    _expect.shape("Wx", Wx, "D", "M", D=D, M=width)
    _expect.shape("Wh", Wh, "H", "M", H=H, M=width)
    _expect.shape("b", b, "M", M=width)
