# make demo, make test and the others need Python 3.11-3.13, make and git; everything else is set up in .venv.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
# the first that really runs: a version manager's shim may stand there and do nothing
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  "$$p" -c '$(FITS)' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
BIN := .venv/bin
PORT ?= 8000
WORKERS ?= 20000

.PHONY: demo test check bench fix lock service audit

demo: .venv/ready
	$(BIN)/jangkau demo --port $(PORT) --workers $(WORKERS)

# core is measured by its own tests: measuring makes every test half as slow again
CORE := tests/core src/jangkau/core
test: .venv/ready
	$(BIN)/python -m pytest $(CORE) -n auto --cov --cov-report=term:skip-covered --cov-fail-under=95
	$(BIN)/python -m pytest tests --ignore tests/core -n auto

check: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/architecture -p no:cacheprovider

# as root, in /opt/jangkau: docs/guide/operation.md
service: .venv/program
	deploy/install.sh "$(HOST)"

# asks the advisories of all that is locked; needs the network and pip-audit, which is no part of the project
audit:
	pip-audit --require-hashes --disable-pip -r requirements-dev.lock

bench: .venv/ready
	$(BIN)/python -m bench

fix: .venv/ready
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# the locks hold hashes and no addresses; uv resolves them for all supported Pythons, what runs in the versions that are tested
COMPILE := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml
lock:
	$(COMPILE) --extra dev -o requirements-dev.lock
	$(COMPILE) --extra service -c requirements-dev.lock -o requirements.lock

# what running needs, or also what tests and measures need
.venv/program: LOCK := requirements.lock
.venv/program: requirements.lock
.venv/ready: LOCK := requirements-dev.lock
.venv/ready: requirements-dev.lock
.venv/program .venv/ready: pyproject.toml
	@"$(PYTHON)" -c '$(FITS)' >/dev/null 2>&1 || \
	  { echo "Perlu Python 3.11 sampai 3.13. / Needs Python 3.11 to 3.13."; exit 1; }
	if command -v uv >/dev/null 2>&1; then \
	  uv venv -q --allow-existing --python "$(PYTHON)" .venv && \
	  uv pip install -q --python .venv/bin/python --require-hashes -r $(LOCK) && \
	  uv pip install -q --python .venv/bin/python --no-build-isolation --no-deps -e . ; \
	else \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(LOCK) && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e . ; \
	fi
	@touch $@
