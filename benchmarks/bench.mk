# The benchmarks and the peers they measure against; included by the Makefile.
BENCH := .venv-bench
BENCH_PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(BENCH)/bin/python install --quiet --root-user-action=ignore --require-hashes

# pycorrector declares a gigabyte of packages that the part of it which works offline never loads.
$(BENCH)/ready: requirements/bench.txt requirements/bench-alone.txt
	$(PYTHON) -m venv --without-pip $(BENCH)
	$(BENCH_PIP) -r requirements/bench.txt
	$(BENCH_PIP) --no-deps -r requirements/bench-alone.txt
	@touch $@

# zhlint needs node; without npm it is left out of the comparison.
$(BENCH)/zhlint.ready: requirements/zhlint/package.json requirements/zhlint/package-lock.json
	@mkdir -p $(BENCH)/zhlint
	cp $^ $(BENCH)/zhlint/
	if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund --ignore-scripts --prefix $(BENCH)/zhlint; else echo "no npm: zhlint is left out"; fi
	@touch $@

.PHONY: bench-setup
bench-setup: $(BENCH)/ready $(BENCH)/zhlint.ready ## install the peers of the benchmarks into .venv-bench

bench: $(VENV)/base.ready bench-setup ## measure speed and memory, write docs/benchmarks.md
	$(BIN)/python benchmarks/run.py
