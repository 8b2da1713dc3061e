# Everything one does with this project. `make` alone shows the list.

AGENDA ?= agendas/hj-leadership-day-1.toml

PYTHONS := python3.11 python3 python3.12 python3.13 python3.14 python3.15
USABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
INSTALL := .venv/bin/python -m pip install --quiet
LOCK := .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--all-extras --generate-hashes --only-binary :all: \
	--custom-compile-command "make lock" --quiet

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check format format-check lint types contracts tests \
	bench bench-short lock upgrade hooks clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

run: .venv/run.stamp ## Open an agenda: make run AGENDA=agendas/information-session.toml
	@.venv/bin/facilitate run "$(AGENDA)"

test: format-check lint types contracts tests ## Everything that must hold before a change goes in

check: test bench-short ## What runs on every change: the tests, then the short benches

format: .venv/dev.stamp ## Put the code into its one layout
	.venv/bin/ruff format .

format-check: .venv/dev.stamp ## See whether the code is in its one layout
	.venv/bin/ruff format --check .

lint: .venv/dev.stamp ## Look for mistakes
	.venv/bin/ruff check .

types: .venv/dev.stamp ## Check the types
	.venv/bin/mypy

contracts: .venv/dev.stamp ## Check which floor imports which
	.venv/bin/lint-imports --no-logo

tests: .venv/dev.stamp ## Run the tests alone
	.venv/bin/pytest --quiet -n 2 --dist loadgroup

bench: .venv/dev.stamp ## Measure speed: a table, and JSON to keep
	.venv/bin/python -m bench

bench-short: .venv/dev.stamp ## Measure the few ratios that must not get worse
	.venv/bin/python -m bench --short

lock: .venv/dev.stamp ## Lock again after a change in pyproject.toml, moving as little as possible
	$(LOCK) $(UPGRADE) --group build --output-file requirements/run.lock
	$(LOCK) $(UPGRADE) --group dev --constraint requirements/run.lock --output-file requirements/dev.lock

upgrade: UPGRADE := --upgrade
upgrade: lock ## Lock the newest versions that pyproject.toml allows

hooks: .venv/dev.stamp ## Check format, lint, types and contracts at every git commit
	.venv/bin/pre-commit install

clean: ## Remove the environment and the caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# One environment, filled in two steps: running needs the first one only.

.venv/bin/python:
	@for python in $(PYTHONS); do \
		if "$$python" -c '$(USABLE)' 2>/dev/null; then exec "$$python" -m venv --clear .venv; fi; \
	done; \
	echo "Python 3.11 or newer with its venv module is needed (Debian: apt install python3-venv)." >&2; \
	exit 1

.venv/run.stamp: requirements/run.lock pyproject.toml .venv/bin/python
	@echo "Installing what facilitate needs to run."
	@$(INSTALL) --require-hashes --only-binary :all: --requirement requirements/run.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	@echo "Installing what its tests need."
	@$(INSTALL) --require-hashes --only-binary :all: --requirement requirements/dev.lock
	@touch $@
