# demo · test · check · fix · run · bench · peers: `make` alone lists them.
PYTHON ?= python3
PORT ?= 8000
UV_VERSION = 0.13.9
BIN = .venv/bin
CHECKS = types format lint floors templates safety migrations
export PORT
ifdef PUPITRE_STATE
export PUPITRE_STATE
endif

.PHONY: help setup demo demo-reset run test check fix bench lock peers chromium $(CHECKS:%=check-%)

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: .venv/installed ## Install everything in .venv

.venv/installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("Pupitre demande Python 3.11 ou plus récent (PYTHON=python3.11 make …).") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@touch $@

demo: setup ## Open the demonstration region at http://localhost:8000/ (PORT=…)
	@$(BIN)/pupitre demo

demo-reset: setup ## Throw the demonstration away and build it again
	@$(BIN)/pupitre demo-reset

run: setup ## The demonstration, reloaded at each change of the code
	@PUPITRE_DEMO=1 PUPITRE_DEBUG=1 $(BIN)/python -m config.cli runserver $(PORT)

test: setup chromium ## Every test, on a real PostgreSQL and a real browser
	@$(BIN)/python -m pytest -n 2 --dist worksteal

# All of them, two at a time, whatever the others find; the last line says whether everything passed.
check: setup ## Format, lint, types, floors, templates, safety, migrations
	@$(MAKE) --no-print-directory -k -j2 $(CHECKS:%=check-%) || { echo "make check: FAILED, see each \"***\" above"; exit 1; }
	@echo "make check: everything passed"

check-format:
	$(BIN)/ruff format --check -q .
check-lint:
	$(BIN)/ruff check -q .
check-types:
	$(BIN)/mypy
check-floors:
	$(BIN)/lint-imports
check-templates:
	$(BIN)/djlint --lint --quiet pupitre
check-safety:
	$(BIN)/bandit -q -c pyproject.toml -r config pupitre
check-migrations:
	$(BIN)/pupitre makemigrations --check --dry-run

fix: setup ## What tools can mend by themselves
	$(BIN)/ruff check -q --fix .
	$(BIN)/ruff format -q .

bench: setup ## Measure the hot pages
	@$(BIN)/pupitre bench

lock: setup ## Resolve the dependencies again
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group dev \
		--no-header pyproject.toml -o requirements.lock

# Without them their tests are skipped, and say so.
peers: ## The systems of others that tests speak to (phpCAS, SimpleSAMLphp), from Debian
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends \
			php-cas php-cli php-curl php-mbstring php-xml simplesamlphp >/dev/null; \
	fi || echo "phpCAS ou SimpleSAMLphp manquent : leurs tests seront passés."

chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq chromium; \
	else echo "Chromium manque pour les tests du navigateur : sudo apt-get install chromium"; exit 1; fi
