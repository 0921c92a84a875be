"""Schedules: the learning rate over time, large at first to get far, small at the end to settle."""

import math

from chalkgrad import _expect


def step_decay(lr, t, every, factor=0.5):
    """Return lr · factor^⌊t / every⌋: the rate drops every few epochs.

    Shapes: numbers -> a number.
    Raises: ValueError when a number is out of range.
    Lecture: 7.
    Source: CS231n notes, neural-networks-3, "Annealing the learning rate".
    """
    _timed(lr, t)
    _expect.number("every", every, above=0)
    _expect.number("factor", factor, above=0, at_most=1)
    return lr * factor ** (t // every)


def exponential_decay(lr, t, k):
    """Return lr · e^(−kt).

    Shapes: numbers -> a number.
    Raises: ValueError when a number is out of range.
    Lecture: 7.
    Source: CS231n notes, neural-networks-3.
    """
    _timed(lr, t)
    return lr * math.exp(-_expect.number("k", k, at_least=0) * t)


def one_over_t_decay(lr, t, k):
    """Return lr / (1 + kt).

    Shapes: numbers -> a number.
    Raises: ValueError when a number is out of range.
    Lecture: 7.
    Source: Robbins & Monro 1951; CS231n notes, neural-networks-3.
    """
    _timed(lr, t)
    return lr / (1 + _expect.number("k", k, at_least=0) * t)


def cosine_decay(lr, t, total, lowest=0.0):
    """Return the rate on half a cosine wave, from lr at 0 down to `lowest` at `total` and after.

    Shapes: numbers -> a number.
    Raises: ValueError when a number is out of range.
    Lecture: 7.
    Source: Loshchilov & Hutter 2017, "SGDR: stochastic gradient descent with warm restarts".
    """
    _timed(lr, t)
    _expect.number("total", total, above=0)
    done = min(t / total, 1.0)
    return lowest + (lr - lowest) * (1 + math.cos(math.pi * done)) / 2


def _timed(lr, t):
    _expect.number("lr", lr, above=0)
    _expect.number("t", t, at_least=0)
