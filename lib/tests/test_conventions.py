"""What holds for every module of the library: docstrings, sizes, directions of import, a quick start."""

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import chalkgrad

ROOT = Path(chalkgrad.__file__).parent
MODULES = sorted(".".join(path.relative_to(ROOT.parent).with_suffix("").parts) for path in ROOT.rglob("*.py"))
MODULES = [name.removesuffix(".__init__") for name in MODULES]
PUBLIC = [name for name in MODULES if not any(part.startswith("_") for part in name.split("."))]


def public_names(module):
    for name, thing in vars(module).items():
        ours = getattr(thing, "__module__", "") == module.__name__
        if not name.startswith("_") and ours and (inspect.isfunction(thing) or inspect.isclass(thing)):
            yield name, thing


@pytest.mark.parametrize("name", PUBLIC)
def test_docstrings_say_what_shapes_which_lecture_and_from_where(name):
    module = importlib.import_module(name)
    assert module.__doc__, f"{name} opens with nothing"
    for public, thing in public_names(module):
        doc = inspect.getdoc(thing) or ""
        assert "Lecture: " in doc and "Source: " in doc, f"{name}.{public} lacks its lecture or source"
        takes_arrays = not name.startswith(("chalkgrad.plots", "chalkgrad.bench", "chalkgrad.explore"))
        assert not takes_arrays or "Shapes: " in doc, f"{name}.{public} lacks its shapes"
        first = doc.splitlines()[0]
        assert first.endswith("."), f"{name}.{public}: {first}"


@pytest.mark.parametrize("name", MODULES)
def test_no_module_is_longer_than_a_person_reads(name):
    path = Path(importlib.import_module(name).__file__)
    assert len(path.read_text().splitlines()) <= 300


def test_imports_point_one_way():
    edges = {}
    for name in MODULES:
        tree = ast.parse(Path(importlib.import_module(name).__file__).read_text())
        top = [node for node in tree.body if isinstance(node, ast.ImportFrom | ast.Import)]
        froms = [
            node for node in top if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chalkgrad")
        ]
        reached = {f"{node.module}.{alias.name}" for node in froms for alias in node.names} | {
            node.module for node in froms
        }
        edges[name] = {other for other in reached if other in MODULES and other not in (name, "chalkgrad")}
    while edges:
        free = [name for name, needs in edges.items() if not needs & edges.keys()]
        assert free, f"a circle of imports among {sorted(edges)}"
        for name in free:
            del edges[name]


def test_the_package_loads_at_once_and_without_torch():
    program = (
        "import sys, time; t = time.perf_counter(); import chalkgrad, chalkgrad.losses; "
        "assert 'torch' not in sys.modules and 'matplotlib' not in sys.modules; print(time.perf_counter() - t)"
    )
    seconds = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(seconds) < 0.25
