# `make` alone explains the targets. Everything is made below this folder: .venv, node_modules, var.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
PORT ?= 8000
BOOK ?= sourced
export PORT BOOK
export UV_NO_PROGRESS := 1
unexport PYTHONDONTWRITEBYTECODE  # a process starts three times as fast where bytecode is kept
MAP := src/sokhu/areas/territory/map.json
WEB_SOURCES := $(wildcard src/sokhu/locale/*/LC_MESSAGES/django.po)

.PHONY: help run test bench bench-pages bench-workbooks bench-checks bench-registers bench-facts bench-said spark lint clean setup setup-dev check-texts

help:  ## Explain the targets
	@echo "Sổ Khu"; grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup  ## Set everything up and serve the filled product on 127.0.0.1:8000 (PORT=, BOOK=, DATABASE_URL=)
	@$(BIN)/sokhu prepare
	@exec $(BIN)/sokhu serve

test: setup-dev  ## Set everything up and run every test on SQLite and on PostgreSQL
	@bash tools/test.sh

lint: setup-dev  ## ruff, mypy strict, import contracts
	@echo "== ruff"; $(BIN)/ruff check src tests tools bench && $(BIN)/ruff format --check src tests tools bench
	@echo "== mypy --strict"; SOKHU_DATA=build/lint $(BIN)/mypy
	@echo "== import contracts"; $(BIN)/lint-imports

bench: bench-pages bench-workbooks bench-registers bench-checks bench-facts bench-said  ## Measure everything: pages, workbooks, registers, checks, roll-ups beside other engines

bench-pages: setup-dev  ## Measure reading speed and page times
	@$(BIN)/python bench/run.py

bench-workbooks: setup-dev .venv/ready-bench  ## Measure reading 100,000 rows of a workbook beside openpyxl
	@$(BIN)/python bench/workbooks.py

bench-registers: setup-dev  ## Measure list, search, filter and import of a register of 100,000 things beside plain Django
	@$(BIN)/python bench/registers.py
	@$(BIN)/python tools/with_postgres.py $(BIN)/python bench/registers.py

bench-checks: setup-dev  ## Plant errors in a thousand invented worlds and count what the checks find (half an hour)
	@$(BIN)/python bench/planted.py --runs 1000 --seed 1

bench-facts: setup-dev .venv/ready-bench  ## Measure roll-ups over 10^7 cells beside six others (BENCH=small: 10^6, full: 10^8)
	@BENCH="$(BENCH)" $(BIN)/python bench/facts/run.py
	@$(BIN)/python bench/facts/asked.py

bench-said: setup-dev .venv/ready-bench  ## Measure pages of a book in which people said 10^7 figures (BENCH=small: 10^6)
	@BENCH="$(BENCH)" $(BIN)/python bench/facts/said.py

spark: setup-dev .venv/ready-spark  ## Prove the definition of totals on Spark as well (needs Java 17)
	@$(BIN)/python bench/spark.py

check-texts: setup  ## Try the reader on any folder of texts: make check-texts TEXTS=<folder>
	@test -n "$(TEXTS)" || { echo "make check-texts TEXTS=<folder of .txt files>"; exit 2; }
	@PYTHONPATH=tests $(BIN)/python -m gold.score --folder "$(TEXTS)" $(ARGS)

clean:  ## Remove what the targets made, but no book (var/)
	rm -rf .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/sokhu/web/static/vendor src/sokhu/documents/fonts $(MAP)

# --- set-up: each stamp is remade when what it depends on changes -------------------------------------------------

# Two first runs at once would both fill .venv: where there is flock, the second waits for the first.
LOCKED := $(if $(shell command -v flock),flock $(firstword $(MAKEFILE_LIST))) $(MAKE) --no-print-directory

setup:
	@$(LOCKED) .venv/ready .venv/frontend .venv/map .venv/messages

setup-dev:
	@$(LOCKED) .venv/ready-dev .venv/frontend .venv/map .venv/messages

.venv/uv: tools/uv.txt
	@echo "== virtual environment"
	@python3.11 -c '' 2>/dev/null && python3.11 -m venv .venv || python3 -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sổ Khu needs Python 3.11 or newer")'
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r tools/uv.txt
	@touch $@

.venv/ready: .venv/uv requirements.lock pyproject.toml
	@echo "== pinned packages"
	@$(BIN)/uv pip install -q --require-hashes -r requirements.lock
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	@echo "== pinned packages for development"
	@$(BIN)/uv pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

.venv/ready-bench: .venv/ready-dev requirements-bench.lock
	@echo "== pinned packages to measure beside"
	@$(BIN)/uv pip install -q --require-hashes -r requirements-bench.lock
	@touch $@

.venv/ready-spark: .venv/ready-dev requirements-spark.lock
	@echo "== Spark, in an environment of its own"
	@$(BIN)/uv venv -q --allow-existing .venv/spark && $(BIN)/uv pip install -q -p .venv/spark/bin/python --require-hashes -r requirements-spark.lock
	@touch $@

.venv/frontend: .venv/ready package-lock.json tools/frontend.py
	@echo "== front-end files"
	@$(BIN)/python tools/frontend.py
	@touch $@

.venv/map: .venv/frontend tools/map.py tools/islands.toml src/sokhu/catalogue/territory/provinces.toml
	@echo "== map"
	@$(BIN)/python tools/map.py
	@touch $@

.venv/messages: .venv/ready $(WEB_SOURCES) tools/compile_messages.py
	@echo "== translations"
	@$(BIN)/python tools/compile_messages.py
	@touch $@
