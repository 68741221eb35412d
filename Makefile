# `make run` opens the dashboard, `make test` checks everything; `make quick` is the part of it without a browser.
# Each sets up what it needs; a second call finds it done. Libraries come from the lock, so that what passed once
# passes again: `make lock` makes the lock anew, `make newest` tries the newest libraries that the bounds admit.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# This machine only; HOST=0.0.0.0 opens it to the network.
HOST ?= 127.0.0.1
PORT ?= 8501
REPLICAS ?= 0
PIP := python -m pip install --disable-pip-version-check
TESTS := python -m pytest -rs
# Two at a time: the tests share the machine with what they start.
SIDE := -n 2 --dist worksteal
WHOLE := not browser and not sweep and not serve
UV := uv>=0.13.9,<0.14
COMPILE := .venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-annotate \
	--custom-compile-command 'make lock'

.PHONY: run serve quick test fuzz bench load components lock newest
run: .venv/run.done
	@echo "The dashboard: http://localhost:$(PORT)"
	$(BIN)/python -m streamlit run dashboard.py --server.address $(HOST) --server.port $(PORT)

# As the public would see it: nginx before REPLICAS processes (0: as many as processors), on one port; Ctrl-C ends all.
serve: .venv/run.done
	@$(BIN)/python -m deploy serve --host $(HOST) --port $(PORT) --replicas $(REPLICAS)

quick: .venv/test.done
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/$(TESTS) $(SIDE) -m "$(WHOLE)"

test: quick
	@sh tests/browser/prepare.sh
	$(BIN)/$(TESTS) $(SIDE) -m "sweep and not browser"
	$(BIN)/$(TESTS) -m serve
	$(BIN)/$(TESTS) $(SIDE) -m "browser and not serve"

# So many toy plans damaged by dice, each read and, where it is still one, drawn and written out whole.
N ?= 1000
SEED ?= 1
fuzz: .venv/test.done
	$(BIN)/python -m tests.fuzz --seed $(SEED) --cases $(N)

bench: .venv/test.done
	@sh tests/browser/prepare.sh
	$(BIN)/python -m tests.bench

# Visitors by the hundred, on this machine only: runs a second, waits, memory, beside an app with one chart.
load: .venv/test.done
	$(BIN)/python -m tests.load

# What the dashboard is made of, for those who must know: each package of the lock with its version and hashes.
components: .venv-components/bin/cyclonedx-py
	@.venv-components/bin/cyclonedx-py requirements requirements.lock --output-format JSON --output-reproducible --output-file components.json
	@echo "components.json: $$(grep -c '"purl"' components.json) packages"

# One line for each package and file of it, for Python 3.11 to 3.13 on every system.
lock: .venv-lock/bin/uv
	$(COMPILE) --upgrade requirements-test.txt --output-file requirements-test.lock
	$(COMPILE) --upgrade requirements.txt --constraint requirements-test.lock --output-file requirements.lock

# What the bounds admit today, in an environment of its own. For information: no lock, no browser.
newest:
	@test -x .venv-newest/bin/python || $(PYTHON) -m venv .venv-newest
	@.venv-newest/bin/$(PIP) --quiet --upgrade --upgrade-strategy eager -r requirements-test.txt
	@NEWEST=1 .venv-newest/bin/$(TESTS) $(SIDE) -m "$(WHOLE)"

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, this is $$($(PYTHON) -V)."; exit 1; }
	$(PYTHON) -m venv .venv

# Apart from all others, so that the lock does not grow by it.
.venv-components/bin/cyclonedx-py:
	$(PYTHON) -m venv .venv-components
	.venv-components/bin/$(PIP) --quiet 'cyclonedx-bom>=7.3,<8'

.venv-lock/bin/uv:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/$(PIP) --quiet '$(UV)'

# The lock knows Python 3.11 to 3.13. A newer one is tried with the bounds, and told so.
define install
if $(BIN)/python -c 'import sys; sys.exit(sys.version_info >= (3, 14))'; then \
	$(BIN)/$(PIP) --require-hashes --only-binary :all: -r $(1).lock; \
else \
	echo "$$($(BIN)/python -V) is newer than the lock knows: the newest libraries within the bounds are tried."; \
	$(BIN)/$(PIP) -r $(1).txt; \
fi
endef

.venv/run.done: requirements.lock requirements.txt | .venv/bin/python
	@$(call install,requirements)
	@touch $@

.venv/test.done: requirements-test.lock requirements-test.txt requirements.txt | .venv/bin/python
	@$(call install,requirements-test)
	@touch $@ .venv/run.done
