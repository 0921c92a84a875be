"""Closeness and the sentences about differences."""

import numpy as np
import pytest

from chalkgrad.gradcheck import EXACT
from grading.compare import differs, number, plain, problem, same


@pytest.mark.parametrize(
    ("got", "want", "says"),
    [
        (None, np.ones(3), "return"),
        ("a", np.ones(3), "'a'; expected an array of shape (3,)"),
        (np.ones((3, 1)), np.ones(3), "shape (3, 1); expected (3,)"),
        (np.ones(1), np.array(1.0), "expected () (a single number)"),
        (np.ones(3, dtype=int), np.ones(3), "floating-point"),
        (np.ones(3), np.ones(3, dtype=int), "whole numbers"),
        (np.ones(3), np.ones(3, dtype=bool), "True and False"),
        (np.ones(3, dtype=np.float16), np.ones(3), "float16"),
        (np.ones(3, dtype=complex), np.ones(3), "complex128"),
        (np.array([1.0, np.nan, np.inf]), np.ones(3), "1 NaN and 1 infinite of 3"),
        (np.array(np.nan), np.array(1.0), "is nan; expected a finite number"),
        (np.array([1.0, 2.5]), np.array([1.0, 2.0]), "differs in 1 of 2 entries; the first is [1]: 2.5, expected 2"),
        (np.array(6.0), np.array(5.0), "is 6; expected 5"),
        (np.array([object()]), np.ones(1), "dtype object"),
    ],
)
def test_the_first_thing_to_say(got, want, says):
    assert says in problem(got, want, EXACT)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (np.array(5), np.array(5.0)),
        (np.ones(3) + 1e-13, np.ones(3)),
        (np.float32(0.1) * np.ones(3, dtype=np.float32), 0.1 * np.ones(3)),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
        (np.zeros(0), np.zeros(0)),
    ],
)
def test_what_counts_as_the_same(got, want):
    assert problem(got, want, EXACT) == "" and same(got, want, EXACT)


def test_an_array_that_claims_to_equal_everything_is_only_an_array():
    class Sly(np.ndarray):
        def __eq__(self, other):
            return np.ones(self.shape, dtype=bool)

    flat = plain({"loss": np.zeros(3).view(Sly)})
    assert type(flat["loss"]) is np.ndarray and not same(flat["loss"], np.ones(3), EXACT)


def test_an_object_that_claims_to_equal_everything_does_not():
    class Sly:
        def __eq__(self, other):
            return True

    assert not same(plain({"loss": Sly()})["loss"], np.ones(3), EXACT)
    assert problem(Sly(), np.ones(3), EXACT) == "is a Sly; expected an array of shape (3,)."


def test_nested_values_and_tensors_become_plain_arrays():
    import torch

    flat = plain({"p": {"w": torch.ones(2, requires_grad=True), "b": [1, 2.5]}, "n": None, "word": "x"})
    assert list(flat) == ["p['w']", "p['b'][0]", "p['b'][1]", "n", "word"]
    assert isinstance(flat["p['w']"], np.ndarray)


def test_what_was_observed_is_a_copy():
    array = np.zeros(3)
    flat = plain({"a": array})
    array += 1
    assert not flat["a"].any()


def test_differs_marks_entries_on_the_scale_of_the_array():
    off = differs(np.array([1e6, 1e-9, np.nan]), np.array([1e6, 0.0, 1.0]), EXACT)
    assert off.tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("value", "text"),
    [(-0.0, "0"), (1 / 3, "0.3333"), (1e-7, "1.000e-07"), (123456.0, "1.235e+05"), (np.inf, "inf"), (7, "7")],
)
def test_numbers_as_a_student_would_write_them(value, text):
    assert number(value) == text
