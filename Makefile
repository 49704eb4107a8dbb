# Everything a person or CI runs. On a machine with only Python 3.11+, pip and make, each target does its own set-up.
PYTHON ?= python3
VENV ?= .venv
DEMO ?= demo
export PYTHONDONTWRITEBYTECODE :=  # what is compiled once is kept: tests start many interpreters
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SPARK := $(VENV)/.spark

.PHONY: setup spark demo test test-long check format docs bench clean lock

setup: $(READY)               ## make the virtual environment from the lock file

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(READY)

spark: $(SPARK)               ## Spark too, for its engine and the proofs on it

$(SPARK): $(READY) requirements-spark.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	touch $(SPARK)

demo: $(READY)                ## the whole road on the example shop; writes demo/report.en.html and demo/report.fr.html
	$(BIN)/quartier demo $(DEMO)

test: $(READY)                ## the fast lane
	$(BIN)/python -m pytest -n 2

test-long: $(SPARK)           ## the slow proofs as well, those on Spark too
	$(BIN)/python -m pytest -n 2 -m "slow or not slow"

check: $(READY)               ## format, lint, types, layers, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mkdocs build --strict

format: $(READY)              ## rewrite the files as `check` wants them
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(READY)                ## build the documentation into site/
	$(BIN)/mkdocs build --strict

bench: $(READY)               ## benchmarks/RESULTS.md anew (about ten minutes)
	$(BIN)/python -m benchmarks

lock: $(READY)                ## the lock files anew, with hashes and without any registry host
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --quiet --output-file requirements.lock
	sed -n 's/^spark = \["\(.*\)"\].*/\1/p' pyproject.toml | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --quiet --output-file requirements-spark.lock

clean:
	rm -rf $(VENV) site demo build dist .mypy_cache .ruff_cache .pytest_cache
