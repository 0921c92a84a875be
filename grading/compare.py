"""Are two observations the same, and if not, what is the first thing to say about it?

An observation is an ordered dict of named outputs: arrays, numbers, words, or lists and dicts of those. Here it is made
plain (`plain`), compared (`same`), and a difference is put into one sentence (`problem`). How close is close enough is
not decided here: the one definition and its three tolerances stand in `chalkgrad.gradcheck`.
"""

import math
import numbers
import sys

import numpy as np

from chalkgrad.gradcheck import FLOAT32, relative_error

FLOATS = "f"
WHOLE = "iu"


def plain(outputs):
    """Flatten an observation to {name: NumPy array, str, None or the odd object}, in order.

    Lists and dicts open up into `name[0]` and `name["w"]`; torch tensors become arrays; Python numbers become arrays
    without axes. What was handed over is copied, so that later changes by the code that made it do not show.
    """
    flat = {}
    for name, value in outputs.items():
        _flatten(name, value, flat)
    return flat


def _flatten(name, value, flat):
    torch = sys.modules.get("torch")  # a tensor can only come from a torch that is already loaded
    if torch is not None and isinstance(value, torch.Tensor):
        value = value.detach().cpu().numpy()
    if isinstance(value, dict) and value:
        for key, item in value.items():
            _flatten(f"{name}[{key!r}]", item, flat)
    elif isinstance(value, list | tuple) and value:
        for i, item in enumerate(value):
            _flatten(f"{name}[{i}]", item, flat)
    elif isinstance(value, np.ndarray | numbers.Number | np.generic):
        # np.array, not asarray: subclasses with an `__eq__` or `__array_ufunc__` of their own stop here.
        flat[name] = np.array(value, subok=False)
    else:
        flat[name] = value


def same(got, want, tolerance):
    """Say whether two plain outputs agree: in shape, where they are NaN or infinite, and in value."""
    if not isinstance(got, np.ndarray) or not isinstance(want, np.ndarray):
        return type(got) is type(want) and isinstance(got, str | type(None)) and got == want
    if got.shape != want.shape or "O" in got.dtype.kind + want.dtype.kind:
        return False
    if got.dtype.kind not in "fiub" or want.dtype.kind not in "fiub":
        return got.dtype.kind == want.dtype.kind and bool(np.all(got == want))
    got, tolerance = got.astype(np.float64), _allowed(got, want, tolerance)
    want = want.astype(np.float64)
    usual = np.isfinite(want)
    if not np.array_equal(usual, np.isfinite(got)) or not np.array_equal(got[~usual], want[~usual], equal_nan=True):
        return False
    return relative_error(got[usual], want[usual]) <= tolerance


def _allowed(got, want, tolerance):
    """The tolerance; an answer computed in single precision is held to single precision."""
    single = np.float32 in (got.dtype.type, want.dtype.type)
    return max(tolerance, FLOAT32) if single else tolerance


def problem(got, want, tolerance):
    """Return one sentence on what is wrong with an output, or "" when nothing is.

    The order is the order in which one would look: is there anything, of the right kind, of the right shape, of the
    right dtype, free of NaN, and only then, is it the right value.
    """
    if not isinstance(want, np.ndarray):
        return "" if same(got, want, tolerance) else f"is {_word(got)}; expected {_word(want)}."
    if got is None:
        return "is None: nothing came back. Is a `return` missing?"
    if not isinstance(got, np.ndarray):
        return f"is {_word(got)}; expected {expected(want)}."
    if got.shape != want.shape:
        return f"has shape {_shape(got)}; expected {_shape(want)}."
    if complaint := _dtype_problem(got, want):
        return complaint
    if same(got, want, tolerance):
        return ""
    if got.dtype.kind == FLOATS and np.isfinite(want).all() and not np.isfinite(got).all():
        return _count_unusual(got)
    return _distance(got, want, tolerance)


def _dtype_problem(got, want):
    """A sentence when the numbers are of the wrong kind. A whole number passes for a float where there is just one."""
    have, need = got.dtype.kind, want.dtype.kind
    if have not in "fiub":
        return f"has dtype {got.dtype}; expected {want.dtype}."
    if got.dtype == np.float16:
        return "has dtype float16, three digits only; expected float64 (or float32)."
    if need == FLOATS and have in WHOLE + "b" and got.ndim > 0:
        return f"has dtype {got.dtype}; expected floating-point numbers: whole numbers lose what comes after the point."
    if need in WHOLE and have not in WHOLE:
        return f"has dtype {got.dtype}; expected whole numbers."
    if need == "b" and have != "b":
        return f"has dtype {got.dtype}; expected True and False."
    return ""


def _count_unusual(got):
    nans, infinities = int(np.isnan(got).sum()), int(np.isinf(got).sum())
    if got.ndim == 0:
        return f"is {float(got)}; expected a finite number."
    parts = [f"{n} {word}" for n, word in ((nans, "NaN"), (infinities, "infinite")) if n]
    return f"has {' and '.join(parts)} of {got.size} entries; expected finite numbers."


def _distance(got, want, tolerance):
    if want.ndim == 0:
        return f"is {number(got)}; expected {number(want)}."
    wrong = differs(got, want, tolerance)
    where = tuple(int(i) for i in np.argwhere(wrong)[0])
    index = ", ".join(map(str, where))
    return (
        f"differs in {int(wrong.sum())} of {wrong.size} entries; the first is [{index}]: "
        f"{number(got[where])}, expected {number(want[where])}."
    )


def differs(got, want, tolerance):
    """Mark the entries that are off, on the scale of the whole array; at least one where the arrays are not `same`."""
    got, want = got.astype(np.float64), want.astype(np.float64)
    usual = np.isfinite(got) & np.isfinite(want)
    scale = np.max(np.abs(want[np.isfinite(want)]), initial=0.0) or 1.0
    gap = np.zeros(want.shape)
    gap[usual] = np.abs(got[usual] - want[usual])
    wrong = gap > _allowed(got, want, tolerance) * scale
    wrong |= ~usual & ~((got == want) | (np.isnan(got) & np.isnan(want)))
    return wrong


def says_nothing(want):
    """Say whether an answer that does nothing (zeros, an empty array) would be right here by accident."""
    return isinstance(want, np.ndarray) and not np.any(want)


def number(value):
    """A number as a student would write it: four significant digits, no trailing noise."""
    value = np.asarray(value)
    if value.dtype.kind in WHOLE + "b":
        return str(value.item())
    value = float(value) + 0.0  # −0 is 0 to a reader
    if not math.isfinite(value):
        return str(value)
    return f"{value:.4g}" if value == 0 or 1e-3 <= abs(value) < 1e5 else f"{value:.3e}"


def expected(want):
    """What should have come, in words that give no number away."""
    if not isinstance(want, np.ndarray):
        return _word(want)
    return f"an array of shape {want.shape}" if want.ndim else "a number"


def _word(value):
    if isinstance(value, str):
        return repr(value)
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {_shape(value)}" if value.ndim else number(value)
    kind = type(value).__name__
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _shape(array):
    return "() (a single number)" if array.ndim == 0 else str(array.shape)
