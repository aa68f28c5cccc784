# The benchmarks and the peers they measure against; included by the Makefile.
BENCH := .venv-bench

$(BENCH)/ready: requirements/bench.txt
	$(PYTHON) -m venv --without-pip $(BENCH)
	$(PYTHON) -m pip --disable-pip-version-check --python $(BENCH)/bin/python install --quiet --root-user-action=ignore --require-hashes -r requirements/bench.txt
	@touch $@

.PHONY: bench-setup
bench-setup: $(BENCH)/ready ## install the peers of the benchmarks into .venv-bench

bench: $(VENV)/base.ready $(BENCH)/ready ## measure speed and memory, write docs/benchmarks.md
	$(BIN)/python benchmarks/run.py
