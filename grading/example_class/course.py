"""A class folder: nbgrader's own layout, this course's settings, and the notebooks ready to hand out."""

import csv
import secrets
import shutil
from pathlib import Path

from nbgrader.api import Gradebook
from traitlets.config import PyFileConfigLoader

from grading.release.build import generate, write_sources
from grading.release.source import topics

CONFIG = """from grading.nbgrader_config import configure

c = get_config()  # noqa: F821
configure(c, __file__)
# What you set below wins. A cell may run for two minutes, for example, unless you say otherwise:
# c.Execute.timeout = 120
"""

NEXT = """Your class is ready in {folder}

  release/     hand this out: one folder a lecture, notebooks without answers
  source/      yours: the same with answers
  gradebook.db marks

Work inside that folder with plain nbgrader, for example for {lecture}:

  cd {folder}
  nbgrader zip_collect {lecture}      after putting what the LMS gave you in downloaded/{lecture}/archive
  nbgrader autograde {lecture}
  nbgrader generate_feedback {lecture}
  nbgrader export
  python -m grading report . {lecture}   marks, and what the class misunderstands

or with a mouse: `jupyter lab` there, then Nbgrader > Formgrader.
"""


def start(folder, roster=None, pattern=""):
    """Make a new class folder with every lecture released in it; return what to do next.

    Raises: FileExistsError where there is something already: a class is never overwritten.
    """
    root = Path(folder).expanduser().resolve()
    if root.exists() and any(root.iterdir()):
        raise FileExistsError(f"{root} is not empty; choose a new folder, so that nothing of yours is overwritten.")
    students = _read_roster(roster) if roster else []
    root.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text(CONFIG)
    secret = root / "secret.txt"
    secret.write_text(secrets.token_hex(16) + "\n")  # hidden cases are drawn from it; it belongs to this class alone
    secret.chmod(0o600)
    chosen = topics(pattern)
    lectures = sorted({topic.split("/")[0] for topic in chosen})
    write_sources(root, chosen)
    generate(root, lectures, load_config(root))
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", root.name) as gradebook:
        for student in students:
            gradebook.update_or_create_student(student.pop("id"), **student)
    return NEXT.format(folder=root, lecture=lectures[0])


def load_config(root):
    """The class's own configuration, as nbgrader itself reads it."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def empty_again(root, marker):
    """Make room for a new example class: the one before is moved aside; a folder that is anything else is not touched.

    Raises: FileExistsError where the folder holds something but not the example's marker.
    """
    root = Path(root)
    if not root.exists() or not any(root.iterdir()):
        return
    if not (root / marker).exists():
        raise FileExistsError(f"{root} is not empty and no example class; choose another folder.")
    # Somebody may have tried things out in it: it stays for one more run, as "class.previous".
    previous = root.with_name(f"{root.name}.previous")
    if (previous / marker).exists():
        shutil.rmtree(previous)
    root.rename(previous)


def _read_roster(path):
    """Students from a CSV file with at least the column `id`.

    Raises: FileNotFoundError, or FileExistsError's sibling sentence where the column is missing.
    """
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not rows or "id" not in rows[0]:
        raise FileNotFoundError(f"{path} has no students: expected a first line with id,first_name,last_name,email.")
    known = ("id", "first_name", "last_name", "email")
    return [{name: row[name] for name in known if row.get(name)} for row in rows if row["id"]]
