"""`check`, the one function that a student calls: it runs the experiment and answers with a Report.

A check cell has exactly one outcome. Whatever goes wrong, in the student's code or in the call itself, is a Report with
a sentence, never a traceback through our code.
"""

import difflib
import functools
import inspect
import os

from grading.compare import plain
from grading.exercise import load
from grading.experiment import run
from grading.report import Marker, Report


def checker(module_name):
    """Make the `check` of one notebook: the last line of `grading/lecture03/losses.py` is `check = checker(__name__)`."""
    return Checker(module_name.removeprefix("grading.").replace(".", "/"))


class Checker:
    """`check("svm_loss", svm_loss, points=6)` for one notebook's exercises; it remembers how often each was tried."""

    def __init__(self, topic):
        self._topic = topic
        self._tries = {}

    @functools.cached_property
    def _sheet(self):
        return load(self._topic)

    @functools.cached_property
    def _markers(self):
        # Hidden cases take part only where nbgrader marks; a student's own copy of the course may not even have them.
        hidden = os.environ.get("NBGRADER_EXECUTION") == "autograde"
        secret = os.environ.get("CHALKGRAD_SECRET", "")
        return {id: Marker(exercise, hidden, secret) for id, exercise in self._sheet.exercises.items()}

    def __call__(self, *given, points=None, **unknown):
        complaint = self._misuse(given, points, unknown)
        if complaint:
            name = given[0] if given and isinstance(given[0], str) else "check"
            worth = points if _is_number(points) and points > 0 else 1
            return Report(name, worth, status="misuse", sentence=complaint)
        id, thing = given
        marker = self._markers[id]
        if thing is None or thing is Ellipsis:
            return Report(id, points, sentence="Nothing is written here yet.")
        outcomes = run(marker.exercise, thing, marker.cases)
        report = marker.report(outcomes, points)
        if not report.passed and report.status != "blank":
            report.hints = marker.exercise.hints[: self._count_try(id, outcomes)]
        return report

    def _count_try(self, id, outcomes):
        """How many different wrong answers were given so far: running the same cell again unfolds no further hint."""
        seen = self._tries.setdefault(id, [])
        tolerance = self._markers[id].exercise.tolerance
        if not any(_same_try(outcomes, before, tolerance) for before in seen):
            seen.append(outcomes)
        return len(seen)

    def _misuse(self, given, points, unknown):
        """The sentence for a call that cannot be meant, or "" when the call is fine."""
        ids = list(self._sheet.exercises)
        example = f'check("{ids[0]}", {ids[0]}, points=6)'
        if unknown:
            return f"check knows `points=`, not `{next(iter(unknown))}=`. Write it like this: {example}"
        if not given or not isinstance(given[0], str):
            return f"The first thing check needs is the exercise's name, in quotes: {example}"
        id = given[0]
        if id not in ids:
            near = difflib.get_close_matches(id, ids, n=1)
            tip = f'Did you mean "{near[0]}"?' if near else f"Its exercises are: {', '.join(ids)}."
            return f'There is no exercise "{id}" in {self._topic}. {tip}'
        if len(given) == 1:
            return f'check needs your answer after the name: check("{id}", {id}, points=…)'
        if len(given) > 2:
            return f'check takes one answer; this call has {len(given) - 1}. Write check("{id}", {id}, points=…)'
        if points is None:
            return f'Say what the exercise is worth: check("{id}", {id}, points=…)'
        if not _is_number(points) or points <= 0:
            return f"points= is {points!r}; it should be a number above 0, as in {example}"
        return self._wrong_kind(id, given[1])

    def _wrong_kind(self, id, thing):
        kind = self._sheet.exercises[id].kind
        if thing is None or thing is Ellipsis:
            return ""
        is_class = inspect.isclass(thing)
        if kind == "function" and is_class:
            return f"`{id}` should be a function; this is the class {thing.__name__}. Define it with `def {id}(…):`"
        if kind == "class" and not is_class:
            return f"`{id}` should be a class; this is {_describe(thing)}. Hand over the class itself, not one made from it."
        if kind == "function" and not callable(thing):
            return f"`{id}` should be a function; this is {_describe(thing)}. Hand it over without calling it: no brackets."
        if kind == "value" and (callable(thing) or is_class):
            return f"`{id}` should be a value (a number, a word); this is {_describe(thing)}."
        if kind == "value":
            pieces = plain({"answer": thing}).values()
            if not all(isinstance(piece, str) or getattr(piece, "ndim", 1) == 0 for piece in pieces):
                return f"`{id}` should be one value (a number, a word); this is {_describe(thing)}."
        return ""


def _same_try(outcomes, before, tolerance):
    return all(new.same_as(old, tolerance) for new, old in zip(outcomes, before, strict=True))


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def _describe(thing):
    if inspect.isclass(thing):
        return f"the class {thing.__name__}"
    if inspect.isroutine(thing):
        return f"the function {thing.__name__}"
    kind = type(thing).__name__
    return f"{'an' if kind[0].lower() in 'aeiou' else 'a'} {kind}"
