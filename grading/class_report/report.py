"""Read a class that has been autograded: marks from nbgrader's gradebook, mistakes from the reports in its notebooks."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from grading.autograde.cells import NOTE, grade_id, is_check, report_of


@dataclass
class Row:
    """One student."""

    student: str
    score: float
    out_of: float
    passed: int = 0
    checks: int = 0
    mistakes: list = field(default_factory=list)
    repairs: list = field(default_factory=list)
    note: str = ""


@dataclass
class ClassReport:
    """One assignment of one class: a row for each student, and how often each mistake was recognised."""

    assignment: str
    rows: list
    mistakes: Counter
    sentences: dict
    unexplained: Counter


def read_class(folder, assignment, notes=None):
    """Read the marks and the recognised mistakes of an assignment.

    Raises: FileNotFoundError with what to do where nothing has been autograded.
    """
    root = Path(folder).expanduser().resolve()
    if not (root / "gradebook.db").exists():
        raise FileNotFoundError(
            f"there is no gradebook in {root}; run this in a class folder, after nbgrader autograde."
        )
    rows, told = [], ClassReport(assignment, [], Counter(), {}, Counter())
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", root.name) as gradebook:
        for submission in sorted(gradebook.assignment_submissions(assignment), key=lambda s: s.student_id):
            rows.append(Row(submission.student_id, submission.score, submission.max_score))
    if not rows:
        raise FileNotFoundError(
            f"nothing of {assignment} has been autograded yet; run: nbgrader autograde {assignment}"
        )
    for row in rows:
        row.note = (notes or {}).get(row.student, "")
        for path in sorted((root / "autograded" / row.student / assignment).glob("*.ipynb")):
            _read_notebook(nbformat.read(path, as_version=4), row, told)
    told.rows = rows
    return told


def _read_notebook(notebook, row, told):
    row.repairs += notebook.metadata.get(NOTE, {}).get("repairs", [])
    for cell in notebook.cells:
        if not is_check(cell):
            continue
        row.checks += 1
        found = report_of(cell)
        if found is None:
            continue
        row.passed += found["status"] == "passed"
        if found["mistake"]:
            key = (grade_id(cell), found["mistake"])
            row.mistakes.append(key)
            told.mistakes[key] += 1
            told.sentences[key] = found["sentence"]
        elif found["status"] in ("failed", "error"):
            told.unexplained[grade_id(cell)] += 1


def write_html(told, folder):
    """Write the report as a page into the class folder; return its path."""
    from grading.class_report.tables import as_html

    path = Path(folder).expanduser().resolve() / f"report-{told.assignment}.html"
    path.write_text(as_html(told), encoding="utf-8")
    return path
