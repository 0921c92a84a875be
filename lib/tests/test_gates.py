"""Every gate, both ways, against torch; and the patterns of backward flow."""

import numpy as np
import pytest
import torch
from against_torch import PRECISIONS, assert_same_as_torch

from chalkgrad import gates
from chalkgrad.gradcheck import EXACT, relative_error

PAIRS = {gates.Add: torch.add, gates.Multiply: torch.mul, gates.Max: torch.maximum}
SINGLES = {
    gates.Exp: (gates.Exp(), torch.exp),
    gates.Reciprocal: (gates.Reciprocal(), torch.reciprocal),
    gates.Sigmoid: (gates.Sigmoid(), torch.sigmoid),
    gates.Scale: (gates.Scale(-2.5), lambda x: -2.5 * x),
    gates.Shift: (gates.Shift(1.5), lambda x: x + 1.5),
}


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("gate", PAIRS, ids=lambda g: g.__name__)
def test_gates_of_two_inputs_are_torchs(backend, gate, dtype, tolerance):
    x, y = np.random.default_rng(0).normal(size=(2, 3, 4))
    assert_same_as_torch(backend, gate(), PAIRS[gate], x, y, dtype=dtype, tolerance=tolerance)


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("gate", SINGLES, ids=lambda g: g.__name__)
def test_gates_of_one_input_are_torchs(backend, gate, dtype, tolerance):
    x = np.random.default_rng(1).normal(size=(3, 4))
    assert_same_as_torch(backend, SINGLES[gate][0], SINGLES[gate][1], x, dtype=dtype, tolerance=tolerance)


def test_sigmoid_neither_overflows_nor_warns(backend):
    out = backend.numpy(gates.Sigmoid()(backend(np.array([-1e4, 0.0, 1e4]))))
    assert out.tolist() == [0.0, 0.5, 1.0]


def test_at_a_tie_the_first_input_receives_the_gradient():
    gate = gates.Max()
    gate.forward(np.ones(2), np.ones(2))
    dx, dy = gate.backward(np.array([3.0, 4.0]))
    assert dx.tolist() == [3.0, 4.0] and dy.tolist() == [0.0, 0.0]


def test_gradients_add_where_a_value_was_copied():
    gate = gates.Copy()
    first, second = gate(np.array([2.0]))
    assert first == second == 2 and gate.backward((np.array([3.0]), np.array([4.0]))) == 7


def test_the_sigmoid_neuron_gate_by_gate_and_as_one():
    z = np.array([-1.7, 0.3, 2.0])
    chain = [gates.Scale(-1.0), gates.Exp(), gates.Shift(1.0), gates.Reciprocal()]
    value, grad = z, np.ones(3)
    for gate in chain:
        value = gate(value)
    for gate in reversed(chain):
        grad = gate.backward(grad)
    whole = gates.Sigmoid()
    assert relative_error(value, whole(z)) < EXACT and relative_error(grad, whole.backward(np.ones(3))) < EXACT


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: gates.Add()(np.ones(2), np.ones(3)), ValueError, "`x` has shape (2,) and `y` (3,)"),
        (lambda: gates.Multiply()(np.ones(2), torch.ones(2)), TypeError, "different libraries"),
        (lambda: gates.Reciprocal()(np.array([1.0, 0.0])), ValueError, "an entry that is 0"),
        (lambda: gates.Sigmoid()(np.ones(2, dtype=int)), TypeError, "`x` has dtype int64"),
        (lambda: gates.Gate()(1), NotImplementedError, "Gate must compute its output"),
        (lambda: gates.Gate().backward(1), NotImplementedError, "hand back its inputs' gradients"),
    ],
)
def test_bad_input_gets_one_sentence(call, error, says):
    with pytest.raises(error) as told:
        call()
    assert says in str(told.value)
