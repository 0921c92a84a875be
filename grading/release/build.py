"""Build the student notebooks: source → nbgrader assignment → student version, the same bytes every time."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import nbformat
from traitlets.config import Config

from grading.release.source import NOTEBOOKS, ROOT, SourceError, read, topics


def write_sources(folder, chosen):
    """Write the nbgrader source notebooks of some topics into a class's `source/`."""
    for topic in chosen:
        path = Path(folder) / "source" / f"{topic}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_text(read(topic)))


def generate(root, lectures, config=None):
    """Run `nbgrader generate_assignment` in the class folder for each lecture; the result is in its `release/`.

    Raises: SourceError with nbgrader's own words when it refuses.
    """
    from nbgrader.apps import NbGraderAPI

    from grading.nbgrader_config import configure

    config = config or Config()
    configure(config, Path(root) / "nbgrader_config.py")
    api = NbGraderAPI(config=config)
    for lecture in lectures:
        result = api.generate_assignment(lecture, force=True, create=True)
        if not result["success"]:
            raise SourceError(f"nbgrader refused {lecture}:\n{result['log']}\n{result.get('error', '')}")


def build(pattern=""):
    """Build student notebooks; return {topic: text of the .ipynb}."""
    chosen = topics(pattern)
    with tempfile.TemporaryDirectory() as folder:
        write_sources(folder, chosen)
        generate(folder, sorted({topic.split("/")[0] for topic in chosen}))
        return {
            topic: as_text(nbformat.read(Path(folder) / "release" / f"{topic}.ipynb", as_version=4)) for topic in chosen
        }


def as_text(notebook):
    """A notebook as text: keys in order, nothing of this machine, one newline at the end."""
    notebook.metadata.language_info = {"name": "python"}
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def stale(pattern=""):
    """The topics whose notebook is not what its source builds."""
    return (
        [topic for topic, text in build(pattern).items() if _path(topic).read_text() != text]
        if NOTEBOOKS.exists()
        else topics()
    )


def release(pattern=""):
    """Write `notebooks/`. Work that somebody did in one of them is kept beside it first.

    Returns: a list of (topic, what was done, where earlier work was kept or None).
    """
    done = []
    for topic, text in build(pattern).items():
        path = _path(topic)
        if path.exists() and path.read_text() == text:
            done.append((topic, "unchanged", None))
            continue
        kept = _keep(path) if path.exists() and _worked_in(path) else None
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(text)
        os.replace(fresh, path)
        done.append((topic, "written", kept))
    return done


def _path(topic):
    return NOTEBOOKS / f"{topic}.ipynb"


def _worked_in(path):
    """Whether the file differs from the committed one; where git cannot say, assume that it does."""
    same = subprocess.run(
        ["git", "diff", "--quiet", "HEAD", "--", str(path)], cwd=ROOT, capture_output=True, check=False
    )
    return same.returncode != 0


def _keep(path):
    """Copy a notebook to the first free name like losses.mine-1.ipynb."""
    number = 1
    while (kept := path.with_suffix(f".mine-{number}.ipynb")).exists():
        number += 1
    shutil.copy2(path, kept)
    return kept
