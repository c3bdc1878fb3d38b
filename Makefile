# Everything a newcomer needs: `make demo` shows the product, `make test` checks it.
# Both make the environment first; after that, neither needs a network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PORT ?= 8050

.DEFAULT_GOAL := help
.PHONY: help demo serve test lint format lock bench score backtest drill wheel clean

help:  ## List the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Trooptally needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "Making the environment in $(VENV) (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/runtime
	@echo "Adding what the tests need ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/runtime  ## Make a ledger with the starter data and show it on http://127.0.0.1:8050
	@$(BIN)/trooptally demo --port $(PORT)

serve: $(VENV)/runtime  ## Show the ledger in this folder
	@$(BIN)/trooptally serve --port $(PORT)

test: $(VENV)/dev  ## Run the whole test suite
	@$(BIN)/python -m pytest -n auto --dist loadfile $(TESTS)

lint: $(VENV)/dev  ## Check style, types and the house's floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/dev  ## Put the code into its standard form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock:  ## Pin every dependency with hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade \
	  pyproject.toml --group build --output-file requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade \
	  pyproject.toml --group build --group dev --output-file requirements-dev.lock

bench: $(VENV)/dev  ## Measure every speed claim, side by side
	@for script in bench/*_speed.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

LABELLED ?= $(firstword $(wildcard ../shared/data/corpus/dev.jsonl) tests/reading/labelled.jsonl)

score: $(VENV)/runtime  ## Score the prose reader on labelled documents
	@$(BIN)/python -m trooptally.reading.scoring $(LABELLED)

backtest: $(VENV)/dev  ## Measure the estimators and write docs/backtest.md
	@$(BIN)/python bench/backtest --write docs/backtest.md

drill: $(VENV)/dev  ## Kill, crowd, fill and tear ledgers for a long time and count what is lost
	@$(BIN)/python bench/drill.py

wheel: $(VENV)/runtime  ## Build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

clean:  ## Remove the environment and what tools left behind
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage htmlcov
