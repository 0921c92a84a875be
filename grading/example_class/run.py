"""`make class`: sixteen simulated students go through release, collection, autograding, feedback, export and report."""

import subprocess
import sys
import time
import warnings
from pathlib import Path

import nbformat
from sqlalchemy.exc import SAWarning
from tqdm import tqdm

from grading.example_class.course import CONFIG, empty_again, load_config, start
from grading.example_class.submissions import TOPIC, make_all
from grading.release.source import ROOT

MARKER = ".example-class"
SECONDS = 8
"""How long a cell may run here: one student's loop never ends, and an example should."""

LECTURE, NOTEBOOK = TOPIC.split("/")


def run(folder=None):
    """Run the example class in a folder of its own; return 0 when every submission got a mark."""
    root = Path(folder).expanduser().resolve() if folder else ROOT / "grading" / "class"
    empty_again(root, MARKER)
    begun = time.monotonic()
    print(f"1  A class in {root}")
    start(root, pattern=TOPIC)
    (root / MARKER).write_text(
        "made by `python -m grading example`; the next run moves this folder aside, the one after removes it\n"
    )
    (root / "nbgrader_config.py").write_text(CONFIG + f"c.Execute.timeout = {SECONDS}\n{COLLECTOR}")
    students = submit(root)
    print(f"2  {len(students)} submissions in downloaded/{LECTURE}/archive, as an LMS hands them over")
    nbgrader(root, "zip_collect", LECTURE)
    failed = autograde(root, [submission.student for submission in students])
    print("4  Feedback and export")
    nbgrader(root, "generate_feedback", LECTURE, "--force")
    nbgrader(root, "export", "--to", "grades.csv")
    report(root, {submission.student: submission.simulates for submission in students})
    print(f"\n{len(students)} submissions in {time.monotonic() - begun:.0f} s. Marks: {root / 'grades.csv'}")
    print(f"What a student gets back: {root / 'feedback' / 'alan' / LECTURE / NOTEBOOK}.html")
    print("A class of your own: python -m grading start FOLDER")
    return 1 if failed else 0


COLLECTOR = 'c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[a-z]+)_lecture03_(?P<file_id>.*)"\n'


def submit(root):
    """Write the submissions where `nbgrader zip_collect` looks for them; return them."""
    released = nbformat.read(root / "release" / f"{TOPIC}.ipynb", as_version=4)
    source = nbformat.read(root / "source" / f"{TOPIC}.ipynb", as_version=4)
    archive = root / "downloaded" / LECTURE / "archive"
    archive.mkdir(parents=True)
    students = make_all(released, source)
    for submission in students:
        nbformat.write(submission.notebook, archive / f"{submission.student}_{LECTURE}_{submission.filename}")
    return students


def autograde(root, students):
    """Mark one submission after the other, by nbgrader, with a progress bar; return those that got no mark."""
    from nbgrader.apps import NbGraderAPI

    api = NbGraderAPI(config=load_config(root))
    failed = []
    # nbgrader 0.9.6 trips this notice of SQLAlchemy 2.1 for each submission; the marks are right.
    warnings.filterwarnings("ignore", message="Object of type .* not in session", category=SAWarning)
    for student in tqdm(students, desc="3  nbgrader autograde", unit="submission"):
        result = api.autograde(LECTURE, student, force=True)
        if not result["success"]:
            failed.append(student)
            (root / f"autograde-{student}.log").write_text(result["log"])
    for student in failed:
        print(f"   {student}: nbgrader gave no mark; its own words are in autograde-{student}.log")
    return failed


def nbgrader(root, *words):
    """Run a plain nbgrader command in the class folder, as an instructor does.

    Raises: SourceError with its output where it fails.
    """
    from grading.release.source import SourceError

    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SourceError(f"nbgrader {' '.join(words)} failed:\n{done.stderr[-3000:]}")


def report(root, simulates):
    """Print the two tables an instructor wants, and write them as a page."""
    from grading.class_report.report import read_class, write_html
    from grading.class_report.tables import as_text

    told = read_class(root, LECTURE, notes=simulates)
    print("\n" + as_text(told))
    print(f"\nThe same as a page: {write_html(told, root)}")
