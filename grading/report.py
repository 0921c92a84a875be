"""Judge outcomes: what passed, what it is worth, and which known mistake it is.

Every output of every case is one unit. A unit whose right answer is all zeros is special: an empty answer gets it too, so
it earns nothing when right and costs one share when wrong. So does an input that was changed.
"""

from dataclasses import dataclass, field
from functools import cached_property

from grading.compare import expected, problem, same, says_nothing
from grading.experiment import run


@dataclass
class CaseResult:
    """One case, judged: `problems` lists (output, sentence) in the order of the outputs."""

    name: str
    hidden: bool
    status: str
    problems: list = field(default_factory=list)
    error: str = ""
    where: str = ""
    printed: str = ""
    warned: tuple = ()

    @property
    def passed(self):
        return self.status == "ok" and not self.problems


@dataclass
class Report:
    """The one result of a check. Its plain text is its score, so that stock nbgrader can read it."""

    id: str
    points: float
    score: float = 0.0
    status: str = "blank"
    cases: list = field(default_factory=list)
    mistake: str | None = None
    sentence: str = ""
    first: dict | None = None
    hints: tuple = ()
    images: tuple = ()
    tolerance: float = 0.0

    @property
    def passed(self):
        return self.status == "passed"

    def __repr__(self):
        # A plain float on purpose: nbgrader takes what it cannot read as a number for full marks.
        return repr(float(self.score))

    def __str__(self):
        from grading import feedback

        return feedback.text(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        from grading import feedback

        return {
            "text/plain": repr(self),
            "text/html": feedback.html(self),
            "application/vnd.chalkgrad.report+json": self.data(),
        }

    def data(self):
        """The report as plain data, for the class report and for the gradebook."""
        return {
            "id": self.id,
            "points": self.points,
            "score": self.score,
            "status": self.status,
            "mistake": self.mistake,
            "sentence": self.sentence,
        }


class Marker:
    """Marks one exercise. What the reference and the mistakes give is computed once and kept."""

    def __init__(self, exercise, hidden=False, secret=""):
        self.exercise = exercise
        self._hidden, self._secret = hidden, secret

    def cases(self):
        """The cases, made afresh."""
        return self.exercise.all_cases(self._hidden, self._secret)

    @cached_property
    def wanted(self):
        """What the reference gives: the oracle, computed and never pasted."""
        return run(self.exercise, self.exercise.right(), self.cases)

    @cached_property
    def known(self):
        """What every known mistake gives, beside the mistake."""
        return [(mistake, run(self.exercise, mistake.function, self.cases)) for mistake in self.exercise.mistakes]

    def report(self, outcomes, points):
        """Judge what a student's code gave, case by case."""
        cases = self.cases()
        report = Report(self.exercise.id, points, images=self.exercise.images, tolerance=self.exercise.tolerance)
        report.cases = [
            self._judge(case, got, want) for case, got, want in zip(cases, outcomes, self.wanted, strict=True)
        ]
        if all(outcome.status == "blank" for outcome in outcomes):
            report.sentence = "Nothing is written here yet."
            return report
        report.score = round(points * self._share(outcomes, report.cases), 2)
        if all(result.passed for result in report.cases):
            report.status, report.score = "passed", float(points)
            return report
        report.status = "error" if all(result.status == "error" for result in report.cases) else "failed"
        recognised = self.recognise(outcomes, report.cases)
        if recognised is not None:
            report.mistake, report.sentence = recognised.name, recognised.sentence
        report.first = self._first_difference(cases, outcomes, report.cases)
        return report

    def _judge(self, case, got, want):
        result = CaseResult(case.name, case.hidden, got.status, [], got.error, got.where, got.printed, got.warned)
        if got.status != "ok":
            return result
        pieces = {name: [key for key in got.outputs if key.startswith(f"{name}[")] for name in want.outputs}
        for name, right in want.outputs.items():
            if name not in got.outputs and pieces[name]:
                result.problems.append((name, f"is a list or tuple; expected {expected(right)}."))
            elif name not in got.outputs:
                result.problems.append((name, "is missing: it has to come back as well."))
            elif said := problem(got.outputs[name], right, self.exercise.tolerance):
                result.problems.append((name, said))
        for name in [key for key in got.outputs if key not in want.outputs and key not in sum(pieces.values(), [])]:
            result.problems.append((name, "came back as well; it was not asked for."))
        for name in got.changed:
            result.problems.append((name, "was changed by your code. It belongs to the caller: work on a copy."))
        return result

    def _share(self, outcomes, results):
        """The part of the points that is earned, from 0 to 1. A question is answered or it is not."""
        if self.exercise.kind == "value":
            return float(all(result.passed for result in results))
        units = earned = lost = 0
        for want, got, result in zip(self.wanted, outcomes, results, strict=True):
            wrong = {name for name, _ in result.problems}
            for name, right in want.outputs.items():
                bad = got.status != "ok" or name in wrong
                if says_nothing(right):
                    lost += bad
                else:
                    units, earned = units + 1, earned + (not bad)
            lost += len(got.changed)
        return max(0.0, (earned - lost) / units) if units else 0.0

    def recognise(self, outcomes, results):
        """Find the known mistake that gives what this code gives; None where there is none.

        First one that agrees in everything on every case; else one that agrees in the first output that is wrong, which
        is how two mistakes at once are still told apart.
        """
        tolerance = self.exercise.tolerance
        for mistake, known in self.known:
            if all(got.same_as(other, tolerance) for got, other in zip(outcomes, known, strict=True)):
                return mistake
        name = next((result.problems[0][0] for result in results if result.problems), None)
        if name is None or any(got.status != "ok" or name not in got.outputs for got in outcomes):
            return None
        for mistake, known in self.known:
            if all(
                name in other.outputs and same(got.outputs[name], other.outputs[name], tolerance)
                for got, other in zip(outcomes, known, strict=True)
            ):
                return mistake
        return None

    def _first_difference(self, cases, outcomes, results):
        """The first output that differs in a case whose numbers may be shown, with both sides."""
        for case, got, want, result in zip(cases, outcomes, self.wanted, results, strict=True):
            if result.problems and not case.hidden:
                name = result.problems[0][0]
                return {"case": case.name, "output": name, "sentence": result.problems[0][1],
                        "got": got.outputs.get(name), "want": want.outputs.get(name)}  # fmt: skip
        return None
