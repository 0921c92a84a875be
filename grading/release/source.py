"""Read a notebook's source (jupytext py:percent) and give every cell the nbgrader metadata that its tags call for.

Tags say what a cell is; names and points are read off the code itself: a check cell is one call, `check("svm_loss",
svm_loss, points=6)`, and its id and points are the ones written there. What does not add up is refused with a sentence
that names the file and the line.
"""

import ast
import hashlib
import re
from pathlib import Path

import jupytext
import nbformat

from grading.exercise import load
from grading.release.clear_answers import assigned_names

ROOT = Path(__file__).resolve().parents[2]
SOLUTIONS = ROOT / "solutions"
NOTEBOOKS = ROOT / "notebooks"
TOTAL = 100
TAGS = {"solution", "check", "written", "explore"}


class SourceError(Exception):
    """Something in a source that cannot be released; the message says what, and where."""


def topics(pattern=""):
    """All notebooks that have a source, as "lecture03/losses"; `pattern` narrows to a lecture or to one notebook."""
    found = sorted(f"{path.parent.name}/{path.stem}" for path in SOLUTIONS.glob("lecture[0-9][0-9]/*.py"))
    chosen = [topic for topic in found if not pattern or topic == pattern or topic.startswith(f"{pattern}/")]
    if pattern and not chosen:
        raise SourceError(
            f"there is no notebook source for {pattern!r}; the sources are: {', '.join(found) or 'none'}."
        )
    return chosen


def read(topic):
    """Read a source and return it as an nbgrader source notebook (answers included, no outputs).

    Raises: SourceError where the source breaks a rule.
    """
    path = SOLUTIONS / f"{topic}.py"
    text = path.read_text()
    notebook = jupytext.reads(text, fmt="py:percent")
    reader = _Reader(topic, path.relative_to(ROOT), text)
    made = [reader.cell(cell) for cell in notebook.cells]
    reader.finish()
    fresh = nbformat.v4.new_notebook(cells=made)
    fresh.metadata.kernelspec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    fresh.metadata.language_info = {"name": "python"}
    nbformat.validate(fresh)
    return fresh


class _Reader:
    """Goes through the cells of one source, once, in order."""

    def __init__(self, topic, path, text):
        self.topic, self.path, self.text = topic, path, text
        self.exercises = load(topic).exercises
        self.points, self.answers, self.ids, self.written = {}, set(), {}, 0

    def cell(self, cell):
        tags = cell.metadata.get("tags", [])
        if unknown := set(tags) - TAGS:
            raise self.error(cell, f"has the tag {sorted(unknown)[0]!r}; the tags are {', '.join(sorted(TAGS))}")
        make = nbformat.v4.new_markdown_cell if cell.cell_type == "markdown" else nbformat.v4.new_code_cell
        made = make(cell.source.strip("\n"))
        if cell.cell_type == "code":
            # A trailing blank line at the end of a source cell is layout of the .py file, not of the notebook.
            made.source = made.source.rstrip()
        if tags:
            made.metadata.tags = list(tags)
        grade_id = None
        if "check" in tags:
            grade_id = self.check(cell, made)
        elif "solution" in tags:
            grade_id = self.solution(cell, made)
        elif "written" in tags:
            grade_id = self.reflect(cell, made)
        elif "### BEGIN SOLUTION" in made.source:
            raise self.error(cell, "holds an answer but lacks the tag `solution`")
        elif re.match(r"check\(", made.source):
            raise self.error(cell, "is a check but lacks the tag `check`")
        if "explore" in tags:
            # These cells call the student's functions: a blank one must not stop "Run all".
            made.metadata.tags.append("raises-exception")
        made["id"] = self.cell_id(made.source, grade_id)
        return made

    def check(self, cell, made):
        call = self.parse_check(cell)
        name, points = call.args[0].value, call.keywords[0].value.value
        if name not in self.exercises:
            raise self.error(cell, f"checks {name!r}, which grading/{self.topic}.py does not have")
        if name in self.points:
            raise self.error(cell, f"checks {name!r} a second time")
        if name not in self.answers:
            raise self.error(cell, f"checks {name!r}, but no `solution` cell before it defines that name")
        self.points[name] = points
        made.metadata.nbgrader = _nbgrader(name, grade=True, locked=True, points=points)
        return name

    def parse_check(self, cell):
        """The one statement of a check cell: check("name", name, points=number)."""
        try:
            (statement,) = ast.parse(cell.source).body
            call = statement.value
            fine = (
                isinstance(call, ast.Call)
                and call.func.id == "check"
                and len(call.args) == 2
                and isinstance(call.args[0].value, str)
                and call.args[1].id == call.args[0].value
                and [keyword.arg for keyword in call.keywords] == ["points"]
                and isinstance(call.keywords[0].value.value, int)
            )
        except (SyntaxError, ValueError, AttributeError):
            fine = False
        if not fine:
            raise self.error(
                cell, 'is tagged `check`, so it must be one call like check("svm_loss", svm_loss, points=6)'
            )
        return call

    def solution(self, cell, made):
        if made.source.count("### BEGIN SOLUTION") != 1 or made.source.count("### END SOLUTION") != 1:
            raise self.error(cell, "is tagged `solution`, so it needs one BEGIN SOLUTION and one END SOLUTION")
        names = assigned_names(made.source)
        if not names:
            body = ast.parse(made.source).body
            names = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        if not names:
            raise self.error(cell, "is tagged `solution` but defines no function, class or value")
        self.answers.update(names)
        made.metadata.nbgrader = _nbgrader(f"answer-{names[0]}", solution=True)
        return f"answer-{names[0]}"

    def reflect(self, cell, made):
        if cell.cell_type != "markdown":
            raise self.error(cell, "is tagged `written`, so it must be a text cell")
        self.written += 1
        grade_id = f"reflect-{self.written}"
        # No points of the hundred: a person reads these and gives extra credit, or a comment.
        made.metadata.nbgrader = _nbgrader(grade_id, grade=True, solution=True, points=0)
        return grade_id

    def cell_id(self, source, grade_id):
        """An id that stays when cells are added elsewhere: the exercise's, or one made from the text."""
        wanted = grade_id or f"{self.topic.split('/')[1]}-{hashlib.sha256(source.encode()).hexdigest()[:8]}"
        count = self.ids[wanted] = self.ids.get(wanted, 0) + 1
        return wanted if count == 1 else f"{wanted}-{count}"

    def finish(self):
        total = sum(self.points.values())
        if total != TOTAL:
            raise SourceError(f"{self.path}: the checks are worth {total} points together; they must come to {TOTAL}.")
        if unchecked := [name for name in self.exercises if name not in self.points]:
            raise SourceError(
                f"{self.path}: no check cell for {', '.join(unchecked)}, which grading/{self.topic}.py has."
            )

    def error(self, cell, what):
        first = cell.source.strip().splitlines()[0] if cell.source.strip() else ""
        line = self.text[: self.text.find(first)].count("\n") + 1 if first in self.text else 1
        return SourceError(f"{self.path}, line {line}: this cell {what}.")


def _nbgrader(grade_id, grade=False, solution=False, locked=False, points=None):
    made = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    return made if points is None else {**made, "points": points}
