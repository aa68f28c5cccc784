# The benchmarks of the ledger and the peer they measure against; included by the Makefile.
# Both live in one environment: the same Django, the same drivers, the same PostgreSQL.
LEDGER := .venv-bench-ledger
LEDGER_PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(LEDGER)/bin/python install --quiet --root-user-action=ignore

$(LEDGER)/ready: requirements/bench-ledger.txt
	$(PYTHON) -m venv --without-pip $(LEDGER)
	$(LEDGER_PIP) --require-hashes -r requirements/bench-ledger.txt
	$(LEDGER_PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: bench-ledger
bench-ledger: $(LEDGER)/ready ## measure lists, actions and the journal, write docs/benchmarks-ledger.md
	$(LEDGER)/bin/python benchmarks/ledger_run.py

.PHONY: bench-desk bench-sweep
bench-desk: $(VENV)/dev.ready ## measure the working screens, write docs/benchmarks-desk.md
	$(BIN)/python benchmarks/desk.py

bench-sweep: $(VENV)/dev.ready ## measure the sweep over a million items, write docs/benchmarks-sweep.md
	$(BIN)/python benchmarks/sweep.py
