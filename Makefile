# Every target sets up what it needs. Each prints the plain commands it runs, so everything also works without make.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
ARGS   ?=
# The first notebook of the course that there is.
FIRST   = $(shell ls notebooks/*/*.ipynb | grep -v '\.mine-' | head -1 | cut -d/ -f2-)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev lab class test test-fast release bench lint lock clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "chalkgrad needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make setup PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make environments. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

# The lock is a list of constraints: what is installed is in pyproject.toml, in which version is in the lock.
$(VENV)/.base: $(VENV)/.made pyproject.toml requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base
	$(PY) -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	@touch $@

setup: $(VENV)/.base ## the locked environment in .venv
setup-dev: $(VENV)/.dev ## the same, with what the tests need

lab: $(VENV)/.base ## JupyterLab on the student notebooks (ARGS=--no-browser for a server)
	$(BIN)/jupyter lab --ServerApp.root_dir=notebooks --LabApp.default_url=/lab/tree/$(FIRST) $(ARGS)

class: $(VENV)/.base ## an example class, from release to marks and report (ARGS=FOLDER to put it elsewhere)
	$(PY) -m grading example $(ARGS)

test: $(VENV)/.dev ## every test
	OMP_NUM_THREADS=1 $(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

test-fast: $(VENV)/.dev ## the tests that need less than about three seconds each
	OMP_NUM_THREADS=1 $(PY) -m pytest -n 2 --dist loadgroup -m "not slow and not browser" $(ARGS)

release: $(VENV)/.base ## rebuild notebooks/ from solutions/ (ARGS=lecture03/losses for one of them)
	$(PY) -m grading release $(ARGS)

bench: $(VENV)/.base ## how fast the library is, against torch in the same run
	$(PY) -m chalkgrad.bench $(ARGS)

lint: $(VENV)/.dev ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lock: $(VENV)/.dev ## refresh requirements.lock after a change of pyproject.toml
	$(PY) -m pip install --quiet pip-tools
	echo 'torch==2.13.0' | $(PY) -m piptools compile --quiet --all-extras --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -c /dev/stdin -o requirements.lock pyproject.toml
	sed -i 's/^\(torch==[0-9.]*\)+cpu/\1/; s/-c \/dev\/stdin/pinned in the Makefile/' requirements.lock

clean: ## remove what can be made again (never a notebook, a class or marks)
	rm -rf $(VENV) *.egg-info build .pytest_cache .ruff_cache .hypothesis
