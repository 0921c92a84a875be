"""An exercise is an experiment: the same one is run on a student's code, on the reference and on every known mistake.

An exercise says which inputs are tried (`cases`) and what is looked at (`observe`). Its mistakes and its accepted variants
live in `grading/mistakes/`, its hidden cases in `grading/hidden/`, each in a class of the same name: neither is loaded
before it is needed, so that a kernel which only runs student code never holds them.
"""

import importlib
import importlib.util
import inspect
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from chalkgrad.gradcheck import EXACT


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that students give: runnable, and with the sentence that names it."""

    name: str
    sentence: str
    function: object


@dataclass(frozen=True)
class Accepted:
    """Another right answer: loops, float32, a different order. It has to pass in full."""

    name: str
    function: object


@dataclass(frozen=True)
class Case:
    """One set of inputs. `hidden` ones are kept back by the instructor: their numbers are never shown."""

    name: str
    inputs: dict
    hidden: bool = False


class Unexpected(Exception):
    """What came back cannot be looked at; the message says why, to the student."""


def mistake(sentence):
    """Mark a function (or class) in `grading/mistakes/` as a wrong answer and give it the sentence that names it."""

    def mark(function):
        function.__mistake__ = sentence
        return staticmethod(function) if inspect.isfunction(function) else function

    return mark


def accepted(function):
    """Mark a function (or class) in `grading/mistakes/` as another right answer."""
    function.__accepted__ = True
    return staticmethod(function) if inspect.isfunction(function) else function


class Exercise:
    """One thing a student writes. Subclasses fill in what follows; a docstring says what is asked, and the lecture.

    reference: "module:name" of the right answer, loaded when it is first needed.
    kind: "function", "class" or "value": what a student hands to `check`.
    outputs: the names of what comes back, in order; `loss, dscores = svm_loss(…)` has ("loss", "dscores").
    tolerance: one of the three of `chalkgrad.gradcheck`.
    hints: at most three, from a nudge to nearly the answer; each further try unfolds one more.
    images: names of outputs that are shown as pictures when they differ.
    """

    reference: ClassVar[str] = ""
    kind: ClassVar[str] = "function"
    outputs: ClassVar[tuple] = ("result",)
    tolerance: ClassVar[float] = EXACT
    hints: ClassVar[tuple] = ()
    images: ClassVar[tuple] = ()

    def __init__(self, topic):
        self.topic = topic

    def cases(self, rng):
        """Yield (name, inputs) pairs; they must be the same again for a generator with the same seed."""
        raise NotImplementedError(f"{type(self).__name__} must say which cases it tries")

    def observe(self, student, **inputs):
        """Run the student's code on one case and return what is looked at, in the order in which it is judged.

        As it stands: a function is called with the inputs, by position, and its values get the names in `outputs`.
        """
        result = student(*inputs.values())
        if len(self.outputs) == 1:
            return {self.outputs[0]: result}
        expected = f"expected {len(self.outputs)} values: {', '.join(self.outputs)}"
        if result is None:
            raise Unexpected(f"nothing came back; {expected}. Is the `return` missing?")
        if not isinstance(result, tuple | list):
            return {self.outputs[0]: result}  # the first alone may still be right; the others count as missing
        if len(result) != len(self.outputs):
            raise Unexpected(f"{len(result)} values came back; {expected}.")
        return dict(zip(self.outputs, result, strict=True))

    @property
    def id(self):
        """The name that students know: that of the function or class they write."""
        if self.reference:
            return self.reference.split(":")[1]
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(self).__name__).lower()

    def right(self):
        """The right answer itself: the reference function or class."""
        module, name = self.reference.split(":")
        return getattr(importlib.import_module(module), name)

    def all_cases(self, hidden=False, secret=""):
        """Make the cases afresh: nobody who ran on them before can have changed them.

        `secret` is the class's own: it seeds the hidden cases, so that a public repository gives none of them away.
        """
        made = [Case(name, inputs) for name, inputs in self.cases(self._rng(""))]
        kept_back = self._neighbour("hidden") if hidden else None
        if kept_back is not None:
            rng = self._rng(f"hidden/{secret}")
            made += [Case(name, inputs, hidden=True) for name, inputs in kept_back.cases(self, rng)]
        return made

    @cached_property
    def mistakes(self):
        """The known wrong answers, in the order in which they are tried."""
        return [Mistake(name, thing.__mistake__, thing) for name, thing in self._bank("__mistake__")]

    @cached_property
    def accepted(self):
        """The other right answers."""
        return [Accepted(name, thing) for name, thing in self._bank("__accepted__")]

    def _bank(self, flag):
        room = self._neighbour("mistakes")
        for name in vars(room) if room is not None else ():
            thing = getattr(room, name)
            if flag in getattr(thing, "__dict__", {}):
                yield name, thing

    def _neighbour(self, room):
        """This exercise's class in another room of the house, or None where that room (or class) is not there."""
        path = f"grading.{room}.{self.topic.replace('/', '.')}"
        try:
            module = importlib.import_module(path)
        except ModuleNotFoundError as missing:
            if missing.name is None or not path.startswith(missing.name):
                raise  # the room is there and imports something that is not: that is a fault, not an absence
            return None
        return getattr(module, type(self).__name__, None)

    def _rng(self, salt):
        return np.random.default_rng(zlib.crc32(f"{self.topic}/{self.id}/{salt}".encode()))


class Question(Exercise):
    """A recall question: the student hands over a value, not code.

    Subclasses give `answer()`, computed where it can be; the wrong values and their sentences stand in
    `grading/mistakes/` as `wrong = [(value, sentence), …]`. Words are compared without regard to case or spaces.
    """

    kind: ClassVar[str] = "value"

    def answer(self):
        """The right value."""
        raise NotImplementedError(f"{type(self).__name__} must give the answer")

    def cases(self, rng):
        yield "your answer", {}

    def observe(self, student):
        return {"answer": student.strip().lower() if isinstance(student, str) else student}

    def right(self):
        return self.answer()

    @cached_property
    def mistakes(self):
        wrong = getattr(self._neighbour("mistakes"), "wrong", ())
        return [Mistake(f"answers {value}", sentence, value) for value, sentence in wrong]


def load(topic):
    """Load a notebook's exercises: `load("lecture03/losses").exercises["svm_loss"]`.

    Raises: ValueError when there is no such notebook.
    """
    name = f"grading.{topic.replace('/', '.')}"
    if not re.fullmatch(r"lecture\d\d/\w+", topic) or importlib.util.find_spec(name) is None:
        raise ValueError(f"there are no exercises for {topic!r}; expected something like 'lecture03/losses'.")
    return Sheet(topic, importlib.import_module(name))


class Sheet:
    """The exercises of one notebook, by id, in the order of the module (or of its `__all__`)."""

    def __init__(self, topic, module):
        self.topic = topic
        made = [
            thing(topic)
            for thing in (getattr(module, name) for name in getattr(module, "__all__", vars(module)))
            if inspect.isclass(thing) and issubclass(thing, Exercise) and thing.__module__.startswith(module.__name__)
        ]
        self.exercises = {exercise.id: exercise for exercise in made}
        if len(self.exercises) < len(made):
            raise ValueError(f"two exercises of {topic} have the same id; ids must differ.")
