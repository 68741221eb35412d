# Two commands: `make run` opens the dashboard, `make test` checks everything; `make bench` measures the waits.
# Each sets up what it needs; a second call finds it done.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8501

.PHONY: run test bench
run: .venv/run.done
	@echo "The dashboard: http://localhost:$(PORT)"
	$(BIN)/python -m streamlit run dashboard.py --server.port $(PORT)

test: .venv/test.done
	@sh tests/browser/prepare.sh
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -rs

bench: .venv/test.done
	@sh tests/browser/prepare.sh
	$(BIN)/python -m tests.bench

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, this is $$($(PYTHON) -V)."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.done: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test.done: requirements-test.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements-test.txt
	@touch $@ .venv/run.done
