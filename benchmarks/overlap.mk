# The benchmarks of overlap and the peers they measure against; included by the Makefile.
OVERLAP := .venv-bench-overlap
OVERLAP_PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(OVERLAP)/bin/python install --quiet --root-user-action=ignore

$(OVERLAP)/ready: requirements/bench-overlap.txt
	$(PYTHON) -m venv --without-pip $(OVERLAP)
	$(OVERLAP_PIP) --require-hashes -r requirements/bench-overlap.txt
	$(OVERLAP_PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: bench-overlap
bench-overlap: $(OVERLAP)/ready ## measure overlap beside other programs, write docs/benchmarks-overlap.md
	$(OVERLAP)/bin/python benchmarks/overlap_peers.py
