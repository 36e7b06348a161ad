# make demo    set everything up and open the chat page on the sample practice
# make test    set everything up and run the tests
# make check   format, lint, types, import arrows and quick tests, as CI does
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# make bench SIZE="0.1 1" also measures import and answers at so many million claim lines.
# Extra words for pip, e.g. PIP_ARGS="--index-url ADDRESS" for a CPU build of torch (see README).
PIP_ARGS ?=
STAMP := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format lint types arrows quick eval bench

help:
	@grep '^# make' Makefile | sed 's/^# //'

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12 demo"; exit 1; }
	@echo "Setting up (once, about 2 GB with PyTorch; some minutes): a Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "The Python module venv is needed. Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25'
	@echo "Installing the packages pinned in constraints.txt"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS) -c constraints.txt torch
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS) -c constraints.txt -e '.[dev]'
	@touch $(STAMP)
	@echo "Set up."

demo: setup
	@$(BIN)/payer-copilot demo

test: setup
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: format lint types arrows quick

format: setup
	@$(BIN)/ruff format --check .

lint: setup
	@$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy

arrows: setup
	@$(BIN)/lint-imports

quick: setup
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m 'not browser and not slow'

eval: setup
	@$(BIN)/payer-copilot eval

bench: setup
	@$(BIN)/python -m evals.benchmarks
	@$(if $(SIZE),$(BIN)/python -m evals.benchmark_size $(SIZE))
