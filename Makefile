# Two commands do everything on a fresh Debian machine: make demo, make test.
SHELL := /bin/bash
PY    := .venv/bin/python
BENCH ?= wire store start line
ARGS  ?=
SEATS ?= supervisor police snow

.DEFAULT_GOAL := help
.PHONY: help system peers venv demo pictures test lint types imports unit bench cities kills faults deb fresh constraints schemas translations clean

help: ## say what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 20

system: ## install the system libraries Qt, the tests and the demo need (says which)
	@installer/system-packages.sh runtime

peers: ## install the independent programs the tests check us against
	@installer/system-packages.sh peers
	@installer/node-peers.sh

venv: .venv/.ready ## make .venv with everything pinned in constraints.txt

.venv/.ready: pyproject.toml constraints.txt
	@echo "== Python packages into .venv, as pinned with hashes in constraints.txt"
	@python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --require-hashes -r constraints.txt
	@.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: system venv ## play the main job: simulated field, bridge, console
	@.venv/bin/beffroi demo $(ARGS)

pictures: system venv ## three seats (or SEATS="…"), two languages, two themes at the full city into out/pictures: 6 min
	@for seat in $(SEATS); do for language in fr en; do for theme in dark light; do \
	  .venv/bin/beffroi demo --offscreen --seat $$seat --language $$language --theme $$theme \
	    --out out/pictures/$$seat-$$language-$$theme || exit 1; \
	done; done; done

test: system peers venv lint types imports unit ## everything CI runs

lint:
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

types:
	@.venv/bin/mypy

imports:
	@.venv/bin/lint-imports

unit:
	@installer/run-tests.sh $(ARGS)

bench: system venv ## measure beside the baselines: make bench BENCH="wire store" JSON=file
	@$(PY) -m tests.bench $(BENCH) $(if $(JSON),--json $(JSON))

cities: system venv ## whole cities: demos, other seeds and sizes, pixel checks; minutes
	@$(PY) -m pytest tests/cities -q $(ARGS)

kills: system peers venv ## kill the bridge 50 times under load, 50 between a write and its result, 10 on PostgreSQL; six minutes
	@BEFFROI_KILLS=50 $(PY) -m pytest tests/e2e/test_killed_bridge.py \
	  tests/e2e/test_killed_command.py tests/e2e/test_postgres.py -q -s $(ARGS)

faults: system venv ## fault campaigns, ten minutes: make faults ONLY="dusk field-cut" SEED=7 SIZE=0.3
	@$(PY) -m tests.faults $(if $(ONLY),--only $(ONLY)) $(if $(SEED),--seed $(SEED)) \
	  $(if $(SIZE),--size $(SIZE)) $(ARGS)

deb: system venv ## build the Debian packages into out/deb and try them in a root of their own
	@installer/deb/build.sh out/deb
	@BEFFROI_PACKAGES="bridge field console" BEFFROI_PACKAGES_DIR=$(CURDIR)/out/deb \
	  $(PY) -m pytest tests/installer -q $(ARGS)

fresh: system venv ## install the packages on a fresh Debian, boot it, use it; five minutes, as root
	@installer/system-packages.sh fresh
	@installer/deb/build.sh out/deb
	@BEFFROI_FRESH=$(CURDIR)/out/deb $(PY) -m pytest tests/installer/test_fresh_machine.py -q $(ARGS)

schemas: ## write the generated contract schemas
	@.venv/bin/beffroi schemas write

constraints: ## pin again: newest versions allowed by pyproject.toml, with hashes
	@installer/pin.sh

clean: ## remove what was made
	@rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .hypothesis
