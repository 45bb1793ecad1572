# make up        the archive of the sample region, crawled and served: http://127.0.0.1:8001/ (PORT= changes it)
# make install   set up .venv alone            make test    set up and run every test
# make check     lint, types and tests         make bench   costs as ratios, side by side
# make accuracy  the accuracy table            make lock    resolve the locks again
PYTHON ?= python3
PORT ?= 8001
SHARED ?= ../shared
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install up test test-next check lint types bench bench-site bench-sites bench-families bench-hostile accuracy docs pictures lock clean

help:
	@sed -n '1,4p' Makefile | sed 's/^# //'

.venv/.ready: requirements.lock pyproject.toml deploy/install.sh
	@PYTHON="$(PYTHON)" sh deploy/install.sh requirements.lock
	@touch $@

.venv/.ready-test: requirements-test.lock .venv/.ready
	@PYTHON="$(PYTHON)" sh deploy/install.sh requirements-test.lock
	@touch $@

install: .venv/.ready

up: install
	@$(BIN)/archive up --port $(PORT)

test: .venv/.ready-test
	$(BIN)/python -m pytest

lint: .venv/.ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.ready-test
	$(BIN)/mypy

# The site under the coming Datasette 1.0, which lies apart: the lock names 0.65.
test-next: .venv/.ready-test
	@if command -v uv >/dev/null; then uv pip install --quiet --target build/next --prerelease allow "datasette>=1.0a41"; \
	  else $(PYTHON) -m pip install --quiet --target build/next --pre "datasette>=1.0a41"; fi
	PYTHONPATH=build/next $(BIN)/python -m pytest tests/site tests/publish

check: lint types test

bench: .venv/.ready-test
	$(BIN)/python -m bench.costs --shared $(SHARED)

bench-site: .venv/.ready-test
	$(BIN)/python -m bench.bench_site

bench-sites: .venv/.ready-test
	$(BIN)/python -m bench.sites --shared $(SHARED)

bench-families: .venv/.ready-test
	$(BIN)/python -m bench.families --shared $(SHARED)

bench-hostile: .venv/.ready-test
	$(BIN)/python -m bench.hostile --shared $(SHARED)

accuracy: .venv/.ready-test
	$(BIN)/python -m bench.accuracy --shared $(SHARED)

docs: .venv/.ready-test
	$(BIN)/python -m bench.docs

pictures: .venv/.ready-test
	$(BIN)/python -m bench.pictures

lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.10 --extra build \
	  pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.10 --extra build \
	  --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
