"""nbgrader, set up for this course. A class folder's own nbgrader_config.py is three lines:

    from grading.nbgrader_config import configure

    c = get_config()
    configure(c, __file__)

Everything here is a plug-in or a setting of unmodified nbgrader; whatever follows these lines in the class's file wins.
"""

import os
import sys
from pathlib import Path

import nbgrader.converters as converters
import nbgrader.preprocessors as stock

from grading.autograde.keep_report import KeepReport
from grading.autograde.renamed import find_renamed
from grading.autograde.repair import RepairNotebook
from grading.autograde.seal import SealChecks
from grading.release.clear_answers import ClearAnswers

SECONDS_PER_CELL = 120


def configure(c, config_file):
    """Set up a class that lives in the folder of `config_file`."""
    # nbgrader runs the program `alembic` by name; it lies beside this Python, which may not be on the PATH.
    beside = str(Path(sys.executable).parent)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([beside, os.environ.get("PATH", "")])
    root = Path(config_file).resolve().parent
    secret = root / "secret.txt"
    if secret.exists():
        # Hidden cases are drawn from the class's own secret; the check reads it where nbgrader runs the notebooks.
        os.environ["CHALKGRAD_SECRET"] = secret.read_text().strip()
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.course_id = root.name
    c.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"
    # A .py beside a notebook is its source, with the answers: it must never travel to students.
    c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.py", "*.pyc"]
    c.KernelManager.transport_encryption = "auto"  # without it each kernel warns of an open connection

    c.ClearSolutions.code_stub = {
        "python": '# YOUR CODE HERE\nraise NotImplementedError("replace these two lines with your code")'
    }
    c.ClearSolutions.text_stub = "*Write your answer here.*"
    c.GenerateAssignment.preprocessors = _swap(converters.GenerateAssignment, stock.ClearSolutions, [ClearAnswers])

    c.Autograde.pre_convert_hook = find_renamed
    c.Autograde.sanitize_preprocessors = [
        RepairNotebook,  # before anything trips over a duplicated or a missing cell
        *converters.Autograde.sanitize_preprocessors.default_args[0],
    ]
    c.Autograde.autograde_preprocessors = _swap(
        converters.Autograde, stock.Execute, [SealChecks, stock.Execute, KeepReport], trait="autograde_preprocessors"
    )
    c.Execute.timeout = SECONDS_PER_CELL
    c.NotebookClient.shutdown_kernel = "immediate"


def _swap(converter, old, new, trait="preprocessors"):
    """nbgrader's own list with one element replaced, so that what a later nbgrader adds to it is kept."""
    listed = getattr(converter, trait).default_args[0]
    at = listed.index(old)
    return [*listed[:at], *new, *listed[at + 1 :]]
