"""Before a submission runs: make each check cell independent of what the notebook calls `check`."""

from nbgrader.preprocessors import NbGraderPreprocessor

from grading.autograde.cells import is_check

SEAL = "from grading.{assignment}.{notebook} import check  # the course's own, whatever the notebook calls `check`\n"


class SealChecks(NbGraderPreprocessor):
    """Put the import of the real `check` in front of each check cell; `KeepReport` takes it off again.

    nbgrader has already restored the cell's text, so that what a student wrote into it is gone.
    """

    def preprocess_cell(self, cell, resources, index):
        if is_check(cell):
            about = resources["nbgrader"]
            cell.source = SEAL.format(assignment=about["assignment"], notebook=about["notebook"]) + cell.source
        return cell, resources
