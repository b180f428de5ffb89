# Everything runs in .venv, which is made on first use from what is written here; only Python 3.11+ and make are needed.
#
#   make run                        try it: the sample articles, served on http://127.0.0.1:7860
#   make run ARTICLES=folder        your own articles
#   make run TORCH_INDEX=https://download.pytorch.org/whl/cpu    PyTorch without CUDA, from its own index
#   make install | test | check | clean
#   make eval GOLD_DIR=../shared    retrieval and answers over the gold sets; the samples alone when they are not there
#   make bench CORPUS=articles.jsonl.xz    speed, kill test and fuzz, some fifteen minutes; see benchmarks/README.md

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
ARTICLES ?=
TORCH_INDEX ?=
CORPUS ?=
GOLD_DIR ?= ../shared

.PHONY: run install test check eval bench format clean

run: install
ifeq ($(strip $(ARTICLES)),)
	@$(BIN)/hoibao demo
else
	@$(BIN)/hoibao ingest "$(ARTICLES)" || [ $$? -eq 1 ]  # 1: some files were refused and named; the rest can be asked about
	@$(BIN)/hoibao serve
endif

install: $(VENV)/installed

# Three processes even on two cores: browsers, servers and timeouts keep them waiting.
test: $(VENV)/installed-dev check
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/installed
	$(BIN)/python -m benchmarks.evaluate "$(GOLD_DIR)" --work data/eval

bench: $(VENV)/installed-bench
	$(BIN)/python -m benchmarks.kill --kills 100 --articles 2000
	$(BIN)/python -m benchmarks.kill --disk-full --kills 10 --articles 500
	$(BIN)/python -m benchmarks.kill --together --kills 10 --articles 500
	$(BIN)/python -m benchmarks.fuzz --files 2000
	@test -n "$(CORPUS)" || { echo "CORPUS=FILE.jsonl.xz is needed to measure speed: one article a line, {\"id\", \"text\"}" >&2; exit 2; }
	$(BIN)/python -m benchmarks.ingest "$(CORPUS)" --sizes 1000 2000 5000 10000 20000 0 --plot benchmarks/ingest.png

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "python3-venv is needed (Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
ifneq ($(strip $(TORCH_INDEX)),)
	$(PIP) install --quiet --index-url "$(TORCH_INDEX)" --constraint constraints.txt torch
endif
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $@

$(VENV)/installed-bench: $(VENV)/installed-dev
	$(PIP) install --quiet --constraint constraints.txt --editable ".[dev,bench]"
	@touch $@
