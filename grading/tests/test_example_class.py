"""The example class, from release to report: what nbgrader itself writes into the gradebook."""

import csv
import subprocess
import sys

import nbformat
import pytest

from grading.__main__ import main
from grading.autograde.cells import grade_id, report_of
from grading.class_report.report import read_class
from grading.example_class import course, run

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("class")]

EXPECTED = {"ada": 100, "grace": 0, "hedy": 95, "ivan": 95, "joan": 100, "karen": 100, "leslie": 100, "margaret": 100,
            "niklaus": 0, "radia": 0}  # fmt: skip
MISTAKES = {
    "alan": {("svm_loss", "subtracts_only_one"), ("softmax_loss", "overflows")},
    "barbara": {("svm_loss_naive", "forgets_the_mean"), ("l2", "halves_it")},
    "claude": {("cross_entropy_of", "uses_log10"), ("softmax_loss_naive", "uses_log10")},
    "donald": {("svm_loss", "counts_the_correct_class"), ("max_norm", "scales_rows")},
    "edsger": {("svm_loss", "forgets_the_column"), ("softmax_loss", "normalizes_the_wrong_axis")},
    "frances": {("svm_loss", "counts_the_correct_class")},
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("class") / "example"
    done = subprocess.run(
        [sys.executable, "-m", "grading", "example", str(root)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (root / "said.txt").write_text(done.stdout)
    return root


@pytest.fixture(scope="session")
def rows(folder):
    return {row.student: row for row in read_class(folder, "lecture03").rows}


def test_every_submission_has_the_mark_it_should_have(rows):
    assert len(rows) == 16
    assert {student: rows[student].score for student in EXPECTED} == EXPECTED
    assert all(row.out_of == 100 for row in rows.values())


def test_each_mistake_is_recognised_and_no_other(rows):
    assert {student: set(row.mistakes) for student, row in rows.items() if row.mistakes} == MISTAKES
    for student in MISTAKES:
        assert 0 < rows[student].score < 100


def test_repairs_are_named(rows):
    told = {student: " ".join(row.repairs) for student, row in rows.items() if row.repairs}
    assert set(told) == {"karen", "leslie", "margaret"}
    assert "`softmax_loss` was missing" in told["karen"]
    assert "`svm_loss` was there 2 times" in told["leslie"]
    assert "my losses (final).ipynb" in told["margaret"]


def test_what_came_in_is_still_there(folder):
    assert (folder / "submitted" / "margaret" / "lecture03" / "my losses (final).ipynb").exists()
    assert len(list((folder / "downloaded" / "lecture03" / "archive").iterdir())) == 16


def test_the_endless_loop_is_named(folder):
    notebook = nbformat.read(folder / "autograded" / "hedy" / "lecture03" / "losses.ipynb", as_version=4)
    found = next(report_of(cell) for cell in notebook.cells if grade_id(cell) == "l1")
    assert "did not finish in the time" in found["sentence"]


def test_feedback_and_export_are_there(folder):
    page = (folder / "feedback" / "alan" / "lecture03" / "losses.html").read_text()
    assert "This is a known mistake." in page and "count them, and subtract that many" in page
    assert "sum of squared weights" in page, "the explorable shows no picture on a page without a kernel"
    with open(folder / "grades.csv", newline="") as file:
        marks = {row["student_id"]: float(row["score"] or 0) for row in csv.DictReader(file)}
    assert marks["ada"] == 100 and marks["grace"] == 0


def test_the_run_ends_with_both_tables_and_a_page(folder):
    said = (folder / "said.txt").read_text()
    assert "lecture03: marks" in said and "2 × svm_loss: counts the correct class" in said
    assert (folder / "report-lecture03.html").read_text().count("<tr>") > 20


def test_autograding_again_gives_the_same_marks_with_plain_nbgrader(folder, rows):
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", "lecture03", "--student", "alan", "--force"],
        cwd=folder, capture_output=True, check=True,
    )  # fmt: skip
    again = {row.student: row.score for row in read_class(folder, "lecture03").rows}
    assert again == {student: row.score for student, row in rows.items()}


def test_a_class_is_never_overwritten(folder, tmp_path, capsys):
    assert main(["start", str(folder)]) == 1
    assert "nothing of yours is overwritten" in capsys.readouterr().err
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "marks.txt").write_text("a term of work")
    assert main(["example", str(mine)]) == 1
    assert (mine / "marks.txt").read_text() == "a term of work"


def test_a_class_of_ones_own_starts_with_a_roster_and_a_secret(tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,last_name,email\nada,Ada,Lovelace,\n")
    told = course.start(tmp_path / "vision", roster)
    assert "nbgrader autograde lecture03" in told
    assert len((tmp_path / "vision" / "secret.txt").read_text().strip()) == 32
    listed = subprocess.run(
        [sys.executable, "-m", "nbgrader", "db", "student", "list"],
        cwd=tmp_path / "vision",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "ada" in listed.stdout + listed.stderr
    released = tmp_path / "vision" / "release" / "lecture03" / "losses.ipynb"
    assert "SOLUTION" not in released.read_text() and not list(released.parent.glob("*.py"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["report", "NOWHERE"], "there is no gradebook"),
        (["release", "lecture99"], "there is no notebook source"),
        (["start", "NEW", "--students", "EMPTY"], "has no students"),
    ],
)
def test_bad_input_gets_a_sentence(tmp_path, capsys, words, says):
    (tmp_path / "EMPTY").write_text("")
    assert main([str(tmp_path / word) if word.isupper() else word for word in words]) == 1
    said = capsys.readouterr().err
    assert says in said and "Traceback" not in said


def test_the_example_moves_its_own_folder_aside(tmp_path):
    own = tmp_path / "own"
    for tried in ("first", "second", "third"):
        own.mkdir()
        (own / run.MARKER).write_text("")
        (own / "tried.txt").write_text(tried)
        course.empty_again(own, run.MARKER)
        assert not own.exists() and (tmp_path / "own.previous" / "tried.txt").read_text() == tried
