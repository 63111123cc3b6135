# What people type. Each command sets up first; warm, that costs a few milliseconds.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
# Each worker of a test run has a stack of its own, and takes the next file in the order of tests/order.py.
WORKERS ?= 2
# Only the part of the lock that pip needs to fetch uv itself, hashes included.
UV_LOCKED := sed -n '/^uv==/,/[^\\]$$/p' requirements.lock

.PHONY: help setup demo test lifecycle faults mutants check release-schema bench bench-sharing lock up down clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

setup: .venv/.synced ## Create .venv from the hash-pinned lock file

demo: setup ## Play the story of one collective order, end to end
	@$(BIN)/lumbung demo

up: setup ## Start everything and leave it running
	@$(BIN)/lumbung up

down: setup ## Stop what `make up` started
	@$(BIN)/lumbung down

test: setup ## Run every test, on real PostgreSQL and real Kafka; FULL=1: with all drawn cases
	@$(if $(FULL),LUMBUNG_TEST_FULL=1 )$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

lifecycle: setup ## Thousands of steps in the life of collective orders, drawn anew; what fails is told as a short story
	@LUMBUNG_LIFECYCLE=$${LUMBUNG_LIFECYCLE:-thousands} $(BIN)/pytest -s -p no:xdist tests/lifecycle/test_lifecycle.py

faults: setup ## Run everything under faults and judge it from databases and topics; QUICK=1: one seed, three minutes
	@$(BIN)/python -m tests.faults $(if $(QUICK),--quick)

mutants: setup ## Show the fault suite known-bad designs: it must catch each of them
	@$(BIN)/python -m tests.faults mutants

check: setup ## Lint, format, types, imports, migrations, event schemas
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m infra.contracts gate
	@$(BIN)/python -m infra.check_migrations

release-schema: setup ## Make today's event schemas part of the promise
	@$(BIN)/python -m infra.contracts release

bench: setup ## Measure how near to its limits the chassis runs, at most 20 minutes; the table goes to docs/performance.md
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench paste

bench-sharing: setup ## Compare the sharing rule with its peers and with exact optima, on the same files
	@$(BIN)/python -m bench.sharing

lock: setup ## Pin the dependencies of pyproject.toml anew, with hashes and without addresses
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra dev --extra bench pyproject.toml -o requirements.lock

clean: ## Delete .venv and caches; what Lumbung stored stays (lumbung reset deletes that)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/.synced: requirements.lock pyproject.toml .venv/.uv
	@echo "Installing packages from requirements.lock (each checked against its hash) ..."
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync --require-hashes --compile-bytecode requirements.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --offline --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.uv: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Lumbung needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
		echo "Install one, then say where it is: make PYTHON=/path/to/python3.11 demo"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "This Python comes without venv and ensurepip. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Creating .venv ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(UV_LOCKED) > .venv/uv.lock.txt
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes --only-binary :all: -r .venv/uv.lock.txt
	@touch $@
