# One door for every chore. `make` alone prints the list.
#
# Everything is installed into .venv in this folder; `rm -rf .venv` takes it all away again.
# Each .venv/.<name> is a stamp: that step is done, and stays done until what it depends on changes.

HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
PIP_ARGS ?=

# The first interpreter that runs and is new enough; a name in PATH alone proves neither.
PYTHON ?= $(shell for candidate in python3 python3.13 python3.12 python3.11 python; do \
	if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo $$candidate; break; fi; done)

BIN := .venv/bin
# Without warnings: the build back end warns of every editable install, and no reader can act on it.
PIP = PYTHONWARNINGS=ignore $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt $(PIP_ARGS)
ENGINE := $(wildcard core/*.py core/formula/*.py core/surfaces/*.py core/optimizers/*.py core/descent/*.py)

.DEFAULT_GOAL := help
.PHONY: help run test check bench
.NOTPARALLEL:

help: ## print this list
	@echo 'make <target>; the first one that needs it installs everything into .venv'
	@echo
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' Makefile | expand -t 10
	@echo
	@echo '  PORT=8123 HOST=0.0.0.0    another port or address for `make run`'
	@echo '  ARGS="-k rosenbrock -x"   more arguments for the program that the target runs'
	@echo '  PIP_ARGS="..."            more arguments for pip, such as another index'
	@echo '  PYTHON=/path/to/python    another interpreter for .venv (3.11 or newer)'

run: .venv/.warm ## set up and serve at http://127.0.0.1:8000
	@exec $(BIN)/python -m server --host $(HOST) --port $(PORT) $(ARGS)

test: .venv/.installed-test .venv/.warm ## set up and run every test, the browser's included
	@chromium=$$($(BIN)/python -m tests.browser.chromium) && \
	THALWEG_CHROMIUM="$$chromium" $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

bench: .venv/.installed-test .venv/.warm ## side-by-side benchmarks, as ratios
	@$(BIN)/python -m tests.benchmarks $(ARGS)

check: .venv/.installed-check ## format, lint and types (for developers; needs Node.js)
	$(BIN)/ruff format --check core server tests
	$(BIN)/ruff check core server tests
	$(BIN)/mypy
	@command -v npm >/dev/null || { \
		echo 'make check needs Node.js 20 or newer for the JavaScript, and found no npm in PATH:' \
		'install Node.js. (Running Thalweg and `make test` do not need it.)' >&2; exit 1; }
	@$(MAKE) --no-print-directory node_modules/.installed
	node_modules/.bin/tsc --project tsconfig.json
	node --test $$(find tests/frontend -name '*.test.js' | sort)

$(BIN)/python:
	@test -n '$(PYTHON)' || { \
		echo 'Thalweg needs Python 3.11 or newer, and found none in PATH:' \
		'install one, or name it with PYTHON=/path/to/python.' >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo '$(PYTHON) could not make a virtual environment:' \
		'install its venv module (on Debian and Ubuntu: apt install python3-venv).' >&2; exit 1; }

.venv/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo 'Installing into .venv (some minutes the first time; PyTorch is large) ...'
	@$(PIP) -e .
	@touch $@

.venv/.installed-%: .venv/.installed
	@echo 'Installing the tools of `make $*` into .venv ...'
	@$(PIP) --quiet -e '.[$*]'
	@touch $@

# Compiles the engine's kernels into their cache, so that the first page is not kept waiting.
.venv/.warm: .venv/.installed $(ENGINE)
	@echo 'Compiling the kernels ...'
	@$(BIN)/python -m core.descent.warm >/dev/null
	@touch $@

node_modules/.installed: package.json
	@npm install --no-package-lock --no-audit --no-fund --loglevel=error >&2
	@touch $@
