# luoshi 落实. `make help` lists what can be done; every target does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(PYTHON) -m pip --disable-pip-version-check --python $(BIN)/python install --quiet --root-user-action=ignore
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint browser soak bench bundle lock handbook manual prepared messages clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# No ensurepip on a bare Debian, hence a venv without pip, filled from outside.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本。"; exit 1; }
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/base.ready: $(BIN)/python requirements/base.txt pyproject.toml
	$(PIP_INSTALL) --require-hashes -r requirements/base.txt
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.ready: $(VENV)/base.ready requirements/dev.txt
	$(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/base.ready ## install luoshi into .venv

demo: $(VENV)/base.ready ## check the sample document, then a fictitious office with a year of history; results in out/
	@$(BIN)/luoshi demo --office

lint: $(VENV)/dev.ready ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Pages are tried in Debian's Chromium; only root can install it, without it those tests say so.
browser:
	@command -v chromium >/dev/null || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || \
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk libatomic1; } >/dev/null

test: lint browser ## every check and every test, the office's on SQLite and on PostgreSQL
	$(BIN)/pytest -n 2 -m "not soak"
	LUOSHI_TESTS_ON=postgresql $(BIN)/pytest -n 2 -m "not soak" tests/office tests/web

$(VENV)/soak.ready: $(VENV)/dev.ready requirements/soak.txt
	$(PIP_INSTALL) --require-hashes -r requirements/soak.txt
	@touch $@

soak: $(VENV)/soak.ready ## the long forms: fuzzing, comparison with LibreOffice
	LUOSHI_SOAK=1 $(BIN)/pytest -m soak -s

lock: ## make the locks in requirements/ anew (needs uv)
	$(LOCK) --group build -o requirements/base.txt
	$(LOCK) --group build --group dev -c requirements/base.txt -o requirements/dev.txt
	$(LOCK) --extra postgres -c requirements/base.txt -o requirements/postgres.txt
	$(LOCK) --extra notices -c requirements/base.txt -o requirements/notices.txt
	$(LOCK) --group bench -c requirements/base.txt -o requirements/bench.txt
	echo pycorrector | $(LOCKING) --no-deps - -o requirements/bench-alone.txt
	$(LOCK) --group build --group bench-ledger -c requirements/dev.txt -o requirements/bench-ledger.txt
	$(LOCK) --group build --group bench-overlap -c requirements/base.txt -o requirements/bench-overlap.txt
	echo pip | $(LOCKING) - -o requirements/bundle.txt
	$(LOCK) --group soak -c requirements/base.txt -o requirements/soak.txt
LOCKING = uv pip compile --quiet --generate-hashes --universal --no-header --no-annotate --python-version 3.11
LOCK = $(LOCKING) pyproject.toml

bundle: ## an offline bundle for a closed network: dist/luoshi-<version>-bundle.tar.gz
	$(PYTHON) bundle/make.py dist

handbook: $(VENV)/base.ready ## make the pages of docs/handbook anew from the rules
	$(BIN)/python docs/handbook/make.py

manual: $(VENV)/dev.ready browser ## take the manual's pictures anew from the demonstration office
	rm -rf out/manual
	$(BIN)/pytest -q tests/browser/test_manual_pictures.py
	rm -rf docs/zh/pictures && cp -R out/manual docs/zh/pictures

prepared: $(VENV)/dev.ready ## make the fast forms of tables and patterns (data/prepared) anew
	$(BIN)/python samples/prepared.py

messages: $(VENV)/dev.ready ## compile the Chinese wording of the command line
	$(BIN)/pybabel -q compile -d src/luoshi/data/locale -D luoshi

clean: ## remove everything that set-up and runs have made
	rm -rf $(VENV) .venv-bench .venv-bench-ledger .venv-bench-overlap dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

-include benchmarks/bench.mk
-include benchmarks/ledger.mk
-include benchmarks/overlap.mk
