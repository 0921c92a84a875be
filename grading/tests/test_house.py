"""The house itself: the floor plan, the commands, the lock, the environment, and what must never be in it."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

FIXED = {"notebooks", "solutions", "lib", "data", "environment.yml", "grading", "README.md"}
TOOLS = {
    "pyproject.toml",
    "requirements.lock",
    "Makefile",
    "LICENSE",
    "LICENSE-CONTENT",
    "CITATION.cff",
    "CONTRIBUTING.md",
}
CONDA = {"torch": "pytorch-cpu", "matplotlib": "matplotlib-base"}


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def test_the_top_level_is_the_floor_plan():
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} <= FIXED | TOOLS
    assert FIXED <= top


def test_nothing_large_and_nothing_of_this_machine_is_in_it():
    places = re.compile(
        r"(?<![\w.])/(work|root|opt/wheels|home/\w+)/|pypi\.org|pythonhosted|registry\.npmjs|download\.pytorch|mcr\.microsoft"
    )
    for path in tracked():
        assert path.stat().st_size <= 3_000_000, f"{path} is larger than 3 MB"
        if path != Path(__file__) and path.suffix not in (".png", ".npz", ".gz"):
            found = places.search(path.read_text(encoding="utf-8", errors="replace"))
            assert not found, f"{path.relative_to(ROOT)} names {found.group()}"


def test_the_lock_pins_every_dependency_within_its_bounds():
    lock = dict(re.findall(r"^([\w.-]+)==([^\s]+)$", (ROOT / "requirements.lock").read_text(), re.M))
    lock = {name.lower().replace("_", "-"): version for name, version in lock.items()}
    wanted = PROJECT["dependencies"] + [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    for requirement in map(Requirement, wanted):
        name = requirement.name.lower().replace("_", "-")
        assert name in lock, f"{name} is not locked; run make lock"
        assert Version(lock[name]) in requirement.specifier, (
            f"{name} {lock[name]} is locked, {requirement.specifier} is asked for"
        )
    assert lock["torch"] == "2.13.0"


def test_the_conda_environment_asks_for_the_same():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert listed["channels"] == ["conda-forge"]
    conda = [line for line in listed["dependencies"] if isinstance(line, str)]
    (by_pip,) = [line["pip"] for line in listed["dependencies"] if isinstance(line, dict)]
    assert by_pip == ["--no-deps", "-e ."]
    bounds = {re.match(r"[\w-]+", line).group(): re.sub(r"^[\w-]+", "", line) for line in conda}
    for requirement in map(Requirement, PROJECT["dependencies"]):
        name = CONDA.get(requirement.name, requirement.name.lower())
        asked = ",".join(sorted(bounds[name].split(",")))
        assert asked == ",".join(sorted(str(requirement.specifier).split(","))), (
            f"{name}: environment.yml says {bounds[name]}"
        )
    assert bounds["python"].lstrip("=") in PROJECT["requires-python"]
    assert "pytorch-gpu" in (ROOT / "environment.yml").read_text()


def test_the_citation_names_this_version():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors", "version", "license"} <= cited.keys()
    assert cited["version"] == PROJECT["version"]
    assert f'__version__ = "{PROJECT["version"]}"' in (ROOT / "lib" / "chalkgrad" / "__init__.py").read_text()


def test_help_lists_every_target():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M).group(1).split()
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in phony:
        assert f"make {target} " in said, f"make help does not know {target}"


def test_what_the_readme_tells_to_run_exists():
    readme = (ROOT / "README.md").read_text()
    targets = set(re.findall(r"`?make ([a-z-]+)", readme)) - {"it"}
    makefile = (ROOT / "Makefile").read_text()
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.M), f"README says make {target}"
    from grading.__main__ import main

    for command in set(re.findall(r"python -m grading (\w+)", readme)):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
    for place in re.findall(r"`((?:notebooks|solutions|grading|lib)/[\w./-]+)`", readme):
        assert (ROOT / place).exists(), f"README names {place}"


def test_python_modules_stay_short():
    for path in tracked():
        if path.suffix == ".py" and path.parts[-2] != "tests" and "solutions" not in path.parts:
            assert len(path.read_text().splitlines()) <= 300, f"{path.relative_to(ROOT)} is too long"


def test_the_packages_can_be_found():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]
    assert settings == {"where": ["lib", "."], "include": ["chalkgrad*", "grading*"]}
