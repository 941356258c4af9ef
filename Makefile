# The portal's few commands. `make run` starts everything; `make test` proves everything.
# Each stamp in .stamps says that a step of set-up is done; it is done again when what it was made from changes.

PYTHON := $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= $(shell [ "$$(nproc)" -ge 4 ] && echo 4 || echo 2)
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run test check unit browser reset bench lock clean

help:
	@echo "make run     start the portal with invented people in it; Ctrl-C stops it"
	@echo "make test    check style, types and imports, then run every test"
	@echo "make check   style, types and imports only"
	@echo "make bench   measure how quick it is"
	@echo "make reset   throw away the demo data"
	@echo "make lock    choose library versions anew"
	@echo "make clean   throw away what set-up made"

run: .stamps/run .stamps/static
	@PORTAL_ENV=demo exec $(BIN)/portal run

reset: .stamps/run
	@PORTAL_ENV=demo $(BIN)/portal reset

bench: .stamps/run .stamps/static
	@PORTAL_ENV=demo $(BIN)/portal bench

test: .stamps/test .stamps/static .stamps/node-test .stamps/browser .stamps/java
	@$(BIN)/ruff check .
	@setup/prove "Domain, database, pages, conventions=$(BIN)/pytest tests -n $(WORKERS) --dist loadfile" \
	    "Types, imports=$(BIN)/mypy && $(BIN)/lint-imports" \
	    "Browser=$(BIN)/pytest e2e -n $(WORKERS) --dist loadfile"

check: .stamps/test
	@echo "== Style, types, imports"
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

lock:
	@setup/lock

clean:
	@rm -rf $(VENV) .stamps node_modules static/build *.egg-info

# --- Set-up ----------------------------------------------------------------------------------------------

.stamps/venv:
	@mkdir -p .stamps
	@setup/environment "$(PYTHON)" $(VENV)
	@touch $@

.stamps/run: .stamps/venv requirements.lock pyproject.toml
	@setup/packages $(VENV) requirements.lock
	@touch $@

.stamps/test: .stamps/run requirements-test.lock
	@setup/packages $(VENV) requirements-test.lock
	@touch $@

.stamps/node: .stamps/venv package-lock.json requirements-node.lock
	@setup/node-packages $(VENV) --omit=dev
	@touch $@

.stamps/node-test: .stamps/node
	@setup/node-packages $(VENV)
	@touch $@

.stamps/static: .stamps/node setup/build-static.mjs $(shell find static/css static/js -type f)
	@echo "== Building style sheets and scripts"
	@node setup/build-static.mjs
	@touch $@

.stamps/browser: .stamps/test
	@setup/browser
	@touch $@

.stamps/java: .stamps/venv
	@setup/java
	@touch $@
