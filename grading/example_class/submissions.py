"""Simulated submissions, made from the sources: the released notebook, filled in the way students fill it."""

import copy
import inspect
import re
import textwrap
from dataclasses import dataclass

from grading.autograde.cells import grade_id
from grading.exercise import load
from grading.release.clear_answers import assigned_names

TOPIC = "lecture03/losses"


@dataclass
class Submission:
    """One student's file: who, what it simulates, the notebook, and the name under which it came back."""

    student: str
    simulates: str
    notebook: object
    filename: str = "losses.ipynb"
    expect: tuple = ()  # ids of exercises and the names of the mistakes to be recognised


def make_all(released, source):
    """Make the example class: `released` is the student notebook, `source` the one with answers."""
    make = _Maker(released, source)
    return [
        Submission("ada", "everything right", make.solved()),
        Submission("alan", "two known mistakes", *make.with_mistakes(svm_loss="subtracts_only_one", softmax_loss="overflows")),
        Submission("barbara", "forgets to average", *make.with_mistakes(svm_loss_naive="forgets_the_mean", l2="halves_it")),
        Submission("claude", "the notes' base 10", *make.with_mistakes(cross_entropy_of="uses_log10", softmax_loss_naive="uses_log10")),
        Submission("donald", "counts the right class", *make.with_mistakes(svm_loss="counts_the_correct_class", max_norm="scales_rows")),
        Submission("edsger", "rows and columns", *make.with_mistakes(svm_loss="forgets_the_column", softmax_loss="normalizes_the_wrong_axis")),  # noqa: E501
        Submission("frances", "stopped half way", *make.half_way(svm_loss="counts_the_correct_class")),
        Submission("grace", "nothing written", make.blank()),
        Submission("hedy", "a loop that never ends", make.solved(l1="def l1(W):\n    while True:\n        pass")),
        Submission("ivan", "code that raises", make.solved(elastic_net="def elastic_net(W, beta):\n    return W.no_such_thing")),
        Submission("joan", "noise: warnings, stderr, a progress bar", make.noisy()),
        Submission("karen", "deleted a check cell", make.without("softmax_loss")),
        Submission("leslie", "copied cells", make.with_copies("answer-svm_loss", "svm_loss")),
        Submission("margaret", "renamed the file", make.solved(), filename="my losses (final).ipynb"),
        Submission("niklaus", "overwrites `check`", make.cheating()),
        Submission("radia", "ends check cells with True", make.ending_with_true()),
    ]  # fmt: skip


class _Maker:
    """Fills the released notebook; every method gives a fresh copy."""

    def __init__(self, released, source):
        self.released = released
        self.answers = {grade_id(cell): _without_marks(cell.source) for cell in source.cells if grade_id(cell)}
        self.exercises = load(TOPIC).exercises

    def blank(self):
        return copy.deepcopy(self.released)

    def solved(self, only=None, **other):
        """The solution's answers, or only some of them; `other` replaces an exercise's answer by this text."""
        notebook = self.blank()
        for cell in notebook.cells:
            id = grade_id(cell) or ""
            name = id.removeprefix("answer-")
            if id.startswith("answer-") and (only is None or name in only):
                cell.source = other.get(name, self.answers[id])
            elif id.startswith("reflect-") and only is None:
                cell.source = self.answers[id]
        return notebook

    def with_mistakes(self, **mistakes):
        """Solved but for some exercises, which have a known mistake from the bank; with what is to be recognised."""
        texts = {id: self.text_of(id, name) for id, name in mistakes.items()}
        return self.solved(**texts), "losses.ipynb", tuple(mistakes.items())

    def half_way(self, **mistakes):
        """The first three exercises only, one of them with a mistake."""
        texts = {id: self.text_of(id, name) for id, name in mistakes.items()}
        first = ("svm_loss_naive", "svm_loss", "squared_hinge_loss")
        return self.solved(only=first, **texts), "losses.ipynb", tuple(mistakes.items())

    def text_of(self, id, name):
        """A mistake's code as a student would have it in a cell: under the exercise's name, helpers included."""
        mistake = next(m for m in self.exercises[id].mistakes if m.name == name)
        return answer_text(mistake.function, id)

    def noisy(self):
        noise = (
            "import sys, warnings\n\nimport numpy as np\nfrom tqdm import tqdm\n\n\n"
            "def noisy(f):\n    def g(*args):\n        print('debugging', file=sys.stderr)\n        warnings.warn('careful')\n"
            "        np.log(np.zeros(1))\n        for _ in tqdm(range(3)):\n            pass\n        return f(*args)\n    return g\n"
        )
        notebook = self.solved()
        for cell in notebook.cells:
            if (grade_id(cell) or "").startswith("answer-") and cell.source.startswith("def "):
                name = re.match(r"def (\w+)", cell.source).group(1)
                cell.source = f"{noise}\n\n{cell.source}\n\n\n{name} = noisy({name})"
        return notebook

    def without(self, id):
        notebook = self.solved()
        notebook.cells = [cell for cell in notebook.cells if grade_id(cell) != id]
        return notebook

    def with_copies(self, *ids):
        notebook = self.solved()
        for id in ids:
            at = next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == id)
            again = copy.deepcopy(notebook.cells[at])
            again["id"] = f"copy-of-{id}"
            notebook.cells.insert(at + 1, again)
        return notebook

    def cheating(self):
        notebook = self.blank()
        first = next(cell for cell in notebook.cells if cell.cell_type == "code")
        first.source += "\n\n\ndef check(name, thing, points):\n    return points"
        return notebook

    def ending_with_true(self):
        notebook = self.blank()
        for cell in notebook.cells:
            if grade_id(cell) in self.exercises:
                cell.source += "\nTrue"
        return notebook


def answer_text(function, id):
    """The source of a bank's function under another name, with the helpers of its module that it calls."""
    names, text = {function.__name__}, _bare_source(function)
    helpers = []
    module = inspect.getmodule(function)
    queue = list(function.__code__.co_names)
    while queue:
        name = queue.pop(0)
        helper = getattr(module, name, None)
        if name not in names and inspect.isfunction(helper) and helper.__module__ == module.__name__:
            names.add(name)
            helpers.append(_bare_source(helper))
            queue += helper.__code__.co_names
    return "\n\n\n".join([*helpers, re.sub(r"^def \w+", f"def {id}", text, count=1, flags=re.M)])


def _bare_source(function):
    """A function's source without indentation and without the decorator above it."""
    text = textwrap.dedent(inspect.getsource(function))
    return text[text.index("def ") :].rstrip() if not text.startswith("def ") else text.rstrip()


def _without_marks(source):
    lines = [
        line for line in source.splitlines() if "### BEGIN SOLUTION" not in line and "### END SOLUTION" not in line
    ]
    return textwrap.dedent("\n".join(lines)) if assigned_names(source) else "\n".join(lines)
