# Grappe in two commands: `make run` and `make test`. All that they install goes into .venv, nothing elsewhere.
#
#   make run PORT=8000 HOME_DIR=/var/lib/grappe     another port, another folder for the graph
#   make test PYTHON=/opt/python3.12/bin/python3    another Python (3.11 to 3.13)

PORT ?= 7878
HOME_DIR ?= grappe-home

# The first of these that is a Python we run on; read only when .venv is made.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo "$$python" && break; done)

# Wheels only: nothing is compiled, and no build tool is fetched that is not pinned.
PIP := .venv/bin/python -m pip --disable-pip-version-check -qq
PINNED := --require-hashes --only-binary :all:

# Owlready2 (with it the reasoner HermiT) is published as source only; it is built by the setuptools that is pinned.
FROM_SOURCE := --no-binary owlready2 --no-build-isolation

.PHONY: help run test lint bench bench-service docs rules lock clean
.DELETE_ON_ERROR:

help: ## Say what there is
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

run: .venv/.installed ## Build the graph of the press release, and serve it at http://127.0.0.1:7878
	@.venv/bin/grappe --home "$(HOME_DIR)" demo --port "$(PORT)"

test: lint .venv/.clients ## Check everything: style, types, import contracts, tests
	@.venv/bin/python -m pytest

lint: .venv/.installed-dev ## Check style, types and import contracts only
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

bench: .venv/.installed-dev ## Time the build of the graph, a query, and the help
	@.venv/bin/python -m tests.bench

bench-service: .venv/.installed-dev ## Time the endpoint beside Oxigraph's server and rdflib-endpoint (minutes)
	@.venv/bin/python -m tests.bench.service --large

docs: .venv/.installed-dev ## Write the generated pages of docs/ anew
	@.venv/bin/python -m tests.docs

rules: .venv/.installed-dev ## Learn from documents with gold files (GOLD=FOLDER) how sure facts are; write the table of rules
	@.venv/bin/python -m tests.rules $(GOLD)

lock: .venv/.installed-dev ## Pin all dependencies anew, with hashes, for every platform and Python that we run on
	@$(PIP) install --only-binary :all: uv==0.13.9
	@$(UV_COMPILE) --group pyproject.toml:build pyproject.toml --output-file requirements.txt
	@$(UV_COMPILE) --group pyproject.toml:dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## Remove .venv and what the tools cached (graphs stay)
	rm -rf .venv build dist tests/clients/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

UV_COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	--no-header --no-emit-index-url --no-emit-find-links

# Clients of others in JavaScript that some tests use: only where the machine has npm; those tests skip elsewhere.
.venv/.clients: .venv/.made tests/clients/package-lock.json
	@if command -v npm >/dev/null 2>&1; then \
		echo "Installing the JavaScript clients that tests use (once) ..." >&2; \
		npm ci --prefix tests/clients --silent || echo "npm failed; the tests that use them are skipped." >&2; \
	fi
	@touch $@

# Stamps: set-up is done again only when what it was made from has changed.

.venv/.made:
	@python="$(PYTHON)"; \
	if [ -z "$$python" ]; then \
		echo "Grappe needs Python 3.11, 3.12 or 3.13, and found none." \
			"Install one, or name it: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	if ! "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then \
		echo "Grappe runs on Python 3.11, 3.12 and 3.13, and $$python is none of them." \
			"Name one that is: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	"$$python" -m venv .venv
	@touch $@

.venv/.pinned: .venv/.made requirements.txt
	@echo "Installing the pinned dependencies into .venv (once; a minute or two) ..." >&2
	@$(PIP) install $(PINNED) -r requirements.txt
	@touch $@

.venv/.installed: .venv/.pinned pyproject.toml src/grappe/__init__.py
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	@echo "Installing the pinned tools for development into .venv (once) ..." >&2
	@$(PIP) install $(PINNED) $(FROM_SOURCE) -r requirements-dev.txt
	@touch $@
