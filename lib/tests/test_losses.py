"""Each loss against torch's own, forward and backward, on every backend; the notes' numbers; bad input."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from chalkgrad import losses
from chalkgrad.gradcheck import EXACT, FLOAT32, GRADIENT, gradient_check, relative_error
from chalkgrad.regularizers import elastic_net, l1, l2

NOTES = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])
CORRECT = np.array([0, 1, 2])

TORCH = {
    losses.svm_loss: lambda s, y: F.multi_margin_loss(s, y, reduction="mean") * s.shape[1],
    losses.squared_hinge_loss: lambda s, y: F.multi_margin_loss(s, y, p=2, reduction="mean") * s.shape[1],
    losses.softmax_loss: F.cross_entropy,
}
WITH_GRADIENT = list(TORCH)
NAIVE = {losses.svm_loss_naive: losses.svm_loss, losses.softmax_loss_naive: losses.softmax_loss}


def drawn(seed, N, C, scale=2.0):
    rng = np.random.default_rng(seed)
    return scale * rng.normal(size=(N, C)), rng.integers(C, size=N)


@pytest.mark.parametrize("loss", WITH_GRADIENT, ids=lambda f: f.__name__)
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, EXACT), (np.float32, FLOAT32)])
@pytest.mark.parametrize(("N", "C"), [(1, 2), (5, 7), (64, 10)])
def test_forward_and_backward_are_torchs(backend, loss, dtype, tolerance, N, C):
    scores, y = drawn(3, N, C)
    ours, dscores = loss(backend(scores, dtype), backend(y))
    s = torch.tensor(scores.astype(dtype), requires_grad=True)
    theirs = TORCH[loss](s, torch.tensor(y))
    theirs.backward()
    assert backend.same_kind(ours) and backend.same_kind(dscores)
    assert backend.numpy(dscores).dtype == dtype
    assert relative_error(backend.numpy(ours), theirs.detach().numpy()) < tolerance
    assert relative_error(backend.numpy(dscores), s.grad.numpy()) < tolerance


@given(st.integers(1, 6), st.integers(2, 7), st.integers(0, 2**32 - 1))
def test_gradients_are_the_measured_slopes(N, C, seed):
    scores, y = drawn(seed, N, C)
    margins = scores - scores[np.arange(N), y][:, None] + 1
    if np.abs(margins).min() < 1e-3:
        return  # on a kink a slope has two values
    for loss in WITH_GRADIENT:
        assert gradient_check(lambda s, loss=loss: loss(s, y)[0], loss(scores, y)[1], scores) < GRADIENT


@pytest.mark.parametrize(("naive", "fast"), NAIVE.items(), ids=lambda f: f.__name__)
def test_loops_and_no_loops_agree(backend, naive, fast):
    scores, y = drawn(5, 6, 4)
    slow = backend.numpy(naive(backend(scores), backend(y)))
    assert relative_error(np.asarray(slow), np.asarray(fast(scores, y)[0])) < EXACT


def test_the_numbers_of_the_notes():
    each = [float(losses.svm_loss(NOTES[i : i + 1], CORRECT[i : i + 1])[0]) for i in range(3)]
    assert np.round(each, 1).tolist() == [2.9, 0.0, 12.9]
    assert round(float(losses.svm_loss(NOTES, CORRECT)[0]), 2) == 5.27
    p = losses.softmax(NOTES[:1])
    assert np.round(p, 2).tolist() == [[0.13, 0.87, 0.0]]
    # The notes' 0.89 is the logarithm to base 10; the loss is 2.04.
    assert round(float(losses.cross_entropy_of(p, CORRECT[:1])), 2) == 2.04
    assert round(float(-np.log10(p[0, 0])), 2) == 0.89


@pytest.mark.parametrize("C", [2, 3, 10])
def test_the_losses_at_zero(C):
    scores, y = np.zeros((4, C)), np.arange(4) % C
    assert losses.svm_loss(scores, y)[0] == C - 1
    assert abs(losses.softmax_loss(scores, y)[0] - np.log(C)) < EXACT


def test_twice_the_weights_have_no_more_hinge_loss():
    scores, y = 10 * np.eye(4), np.arange(4)
    assert losses.svm_loss(scores, y)[0] == losses.svm_loss(2 * scores, y)[0] == 0


@pytest.mark.parametrize("scale", [1e3, 1e5])
def test_softmax_is_finite_for_scores_of_any_size(backend, scale):
    scores, y = drawn(7, 5, 6, scale)
    loss, dscores = losses.softmax_loss(backend(scores), backend(y))
    assert np.isfinite(backend.numpy(loss)) and np.isfinite(backend.numpy(dscores)).all()
    p = backend.numpy(losses.softmax(backend(scores)))
    assert relative_error(p.sum(axis=1), np.ones(5)) < EXACT


@pytest.mark.parametrize("penalty", [l2, l1, elastic_net])
@pytest.mark.parametrize("data_loss", WITH_GRADIENT, ids=lambda f: f.__name__)
def test_the_whole_objective_has_the_measured_gradient(penalty, data_loss):
    rng = np.random.default_rng(11)
    W, X, y = rng.normal(size=(5, 3)), rng.normal(size=(4, 5)), np.array([0, 2, 1, 1])

    def objective(W):
        return losses.data_loss_plus_regularization(W, X, y, 0.3, data_loss, penalty)

    assert gradient_check(lambda W: objective(W)[0], objective(W)[1], W) < GRADIENT


def test_inputs_come_back_unchanged(backend):
    scores, y = drawn(2, 4, 3)
    s, labels = backend(scores), backend(y)
    for loss in [*WITH_GRADIENT, *NAIVE]:
        loss(s, labels)
    assert np.array_equal(backend.numpy(s), scores) and np.array_equal(backend.numpy(labels), y)


@pytest.mark.parametrize("loss", [*WITH_GRADIENT, *NAIVE], ids=lambda f: f.__name__)
@pytest.mark.parametrize(
    ("scores", "y", "error", "says"),
    [
        ([[1.0, 2.0]], np.array([0]), TypeError, "`scores` is a list"),
        (np.ones(3), np.array([0]), ValueError, "`scores` has shape (3,); expected 2 axes, (N, C)"),
        (np.ones((0, 3)), np.ones(0, dtype=int), ValueError, "N must be at least 1"),
        (np.ones((2, 3), dtype=int), np.array([0, 1]), TypeError, "`scores` has dtype int64"),
        (np.ones((2, 3)), np.array([0.0, 1.0]), TypeError, "`y` has dtype float64; expected integer"),
        (np.ones((2, 3)), np.array([0, 3]), ValueError, "labels from 0 to 3; expected them from 0 to 2"),
        (np.ones((2, 3)), np.array([-1, 0]), ValueError, "labels from -1 to 0"),
        (np.ones((2, 3)), np.array([0, 1, 2]), ValueError, "`y` has shape (3,); expected (2,): N must be 2"),
        (np.array([[1.0, np.nan]]), np.array([0]), ValueError, "`scores` has 1 entries that are NaN"),
        (np.ones((1, 2)), torch.zeros(1, dtype=torch.int64), TypeError, "different libraries"),
    ],
)
def test_bad_input_gets_one_sentence(loss, scores, y, error, says):
    with pytest.raises(error) as told:
        loss(scores, y)
    assert says in str(told.value) and "\n" not in str(told.value)


def test_probabilities_that_are_none_are_refused():
    with pytest.raises(ValueError, match="pass scores through softmax first"):
        losses.cross_entropy_of(np.array([[2.0, 3.0]]), np.array([0]))


def test_a_misfit_between_weights_and_data_names_the_size():
    with pytest.raises(ValueError, match="`W` has shape .*D must be 4"):
        losses.data_loss_plus_regularization(np.ones((5, 3)), np.ones((2, 4)), np.array([0, 1]), 0.1)
