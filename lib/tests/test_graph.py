"""The graph: the lecture's examples, branches, order, and a picture."""

import matplotlib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalkgrad.gates import Add, Exp, Multiply, Reciprocal, Scale, Shift
from chalkgrad.gradcheck import EXACT, GRADIENT, numerical_gradient
from chalkgrad.graph import Graph, topological_order

matplotlib.use("agg")


def product_of_a_sum():
    graph = Graph()
    for name in "xyz":
        graph.add(name)
    graph.add("q", Add(), "x", "y")
    graph.add("f", Multiply(), "q", "z")
    return graph


def neuron():
    graph = Graph()
    for name in ("w0", "x0", "w1", "x1", "w2"):
        graph.add(name)
    graph.add("a", Multiply(), "w0", "x0")
    graph.add("b", Multiply(), "w1", "x1")
    graph.add("c", Add(), "a", "b")
    graph.add("s", Add(), "c", "w2")
    graph.add("minus", Scale(-1.0), "s")
    graph.add("exp", Exp(), "minus")
    graph.add("plus1", Shift(1.0), "exp")
    graph.add("f", Reciprocal(), "plus1")
    return graph


def test_the_lectures_first_example():
    graph = product_of_a_sum()
    assert graph.forward(x=np.array(-2.0), y=np.array(5.0), z=np.array(-4.0)) == -12
    grads = graph.backward()
    assert {name: float(grads[name]) for name in "xyzqf"} == {"x": -4, "y": -4, "z": 3, "q": -4, "f": 1}


def test_the_lectures_neuron_has_the_measured_gradient():
    inputs = {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0}
    graph = neuron()
    out = graph.forward(**{name: np.array(value) for name, value in inputs.items()})
    assert abs(out - 1 / (1 + np.exp(-1))) < EXACT
    grads = graph.backward()
    for name in inputs:
        given_ = {other: np.array(value) for other, value in inputs.items()}
        measured = numerical_gradient(lambda v, n=name, g=given_: neuron().forward(**{**g, n: v}), given_[name].copy())
        assert abs(grads[name] - measured) < GRADIENT


def test_gradients_add_at_branches():
    graph = Graph()
    graph.add("x")
    graph.add("square", Multiply(), "x", "x")
    graph.add("cube", Multiply(), "square", "x")
    assert graph.forward(x=np.array(3.0)) == 27
    assert graph.backward()["x"] == 27  # 3x² at 3


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_the_order_puts_everything_after_what_it_needs(n, seed):
    rng = np.random.default_rng(seed)
    names = rng.permutation([f"n{i}" for i in range(n)]).tolist()
    needs = {
        name: tuple(rng.choice(names[:i], size=rng.integers(0, i + 1), replace=False)) for i, name in enumerate(names)
    }
    shuffled = {name: needs[name] for name in rng.permutation(names).tolist()}
    order = topological_order(shuffled)
    assert sorted(order) == sorted(names)
    assert all(order.index(other) < order.index(name) for name in names for other in needs[name])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: topological_order({"a": ("b",), "b": ("a",)}), "a circle through a, b"),
        (lambda: topological_order({"a": ("z",)}), "`a` needs `z`"),
        (lambda: product_of_a_sum().add("x"), "already has a node called `x`"),
        (lambda: product_of_a_sum().forward(x=np.array(1.0)), "inputs are x, y, z; got x"),
        (lambda: product_of_a_sum().backward(), "run forward before backward"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_the_picture_shows_every_value_and_gradient():
    import matplotlib.pyplot as plt

    graph = product_of_a_sum()
    graph.forward(x=np.array(-2.0), y=np.array(5.0), z=np.array(-4.0))
    graph.backward()
    fig, ax = plt.subplots()
    graph.draw(ax)
    words = {text.get_text() for text in ax.texts}
    plt.close(fig)
    assert {"x", "q", "f", "-12", "grad -4", "grad 3"} <= words
