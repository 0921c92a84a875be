"""Run an exercise on one piece of code and write down what came out, without judging it.

The code may be a student's: it may print, warn, raise, change its inputs or hand back nonsense. All of that is recorded
as an `Outcome`; none of it gets further. Judging outcomes is the business of `grading.report`.
"""

import contextlib
import inspect
import io
import linecache
import traceback
import warnings
from dataclasses import dataclass, field

import numpy as np

from grading.compare import plain, same
from grading.exercise import Unexpected

PRINTED = 2000
"""Characters of a student's own output that are kept for the feedback."""


@dataclass
class Outcome:
    """What one case gave. `status` is "ok", "blank" (nothing written yet) or "error"."""

    status: str
    outputs: dict = field(default_factory=dict)
    changed: tuple = ()
    error: str = ""
    where: str = ""
    printed: str = ""
    warned: tuple = ()

    def same_as(self, other, tolerance):
        """Say whether another run of this case came to the very same thing, errors included."""
        if self.status != other.status or self.changed != other.changed:
            return False
        if self.status == "error":
            return self.error.split(":")[0] == other.error.split(":")[0]
        return self.outputs.keys() == other.outputs.keys() and all(
            same(value, other.outputs[name], tolerance) for name, value in self.outputs.items()
        )


def run(exercise, thing, make_cases):
    """Run the exercise on `thing`, once per case; return the outcomes in order.

    `make_cases` makes the cases afresh at every call: one set is given away, another shows what was changed in it.
    """
    return [
        _one(exercise, thing, case.inputs, untouched.inputs)
        for case, untouched in zip(make_cases(), make_cases(), strict=True)
    ]


def _one(exercise, thing, inputs, untouched):
    printed = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, _np_warnings():
        warnings.simplefilter("always")
        # Everything a student's code says is kept in one place: on stderr it would cost the marks of the whole cell.
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            outcome = _guarded(exercise, thing, inputs)
    if outcome.status == "ok":
        before, after = plain(untouched), plain(inputs)
        outcome.changed = tuple(name for name in before if not _unchanged(before[name], after.get(name)))
    outcome.printed = printed.getvalue()[:PRINTED]
    outcome.warned = tuple(dict.fromkeys(str(w.message) for w in caught))
    return outcome


def _guarded(exercise, thing, inputs):
    try:
        return Outcome("ok", plain(exercise.observe(thing, **inputs)))
    except NotImplementedError:
        return Outcome("blank")
    except Unexpected as told:
        return Outcome("error", error=str(told))
    except (Exception, SystemExit) as error:  # SystemExit: a student's exit() must not end the notebook
        said = str(error).strip() or "no message"
        return Outcome("error", error=f"{type(error).__name__}: {said}", where=_line_of(error, thing))


def _np_warnings():
    """NumPy's floating-point notices as warnings, whatever the student's np.seterr says."""
    return np.errstate(over="warn", divide="warn", invalid="warn", under="ignore")


def _unchanged(before, after):
    """Bit for bit the same. A thing that cannot be compared (an object) counts as unchanged."""
    if not isinstance(before, np.ndarray):
        return True
    return isinstance(after, np.ndarray) and before.shape == after.shape and before.tobytes() == after.tobytes()


def _line_of(error, thing):
    """The last line of the student's own code on the way to the error, as "line 4: x = y / 0"."""
    try:
        own = inspect.getsourcefile(thing) or inspect.getfile(thing)
    except TypeError:
        own = None  # built-in or defined nowhere: there is no line to show
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == own]
    if not frames:
        return ""
    line = linecache.getline(frames[-1].filename, frames[-1].lineno).strip()
    return f"line {frames[-1].lineno}: {line}" if line else f"line {frames[-1].lineno}"
