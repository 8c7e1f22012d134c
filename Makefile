# `make help` lists what can be done. Python 3.11 or newer is needed; the rest is installed by `make setup`.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.complete
WORDS := resources/locale/nb/LC_MESSAGES/messages.mo
DEBIAN_QT := libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 \
  libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libcups2
DEBIAN ?= python3-venv $(DEBIAN_QT)
OFFSCREEN := QT_QPA_PLATFORM=offscreen
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help setup system run demo test test-fast soak lint spell check bench curricula screens strings lock

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(STAMP) $(WORDS) ## make .venv with the program, its libraries and its tools

$(STAMP): requirements.lock pyproject.toml resources/build_hook.py | system
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@# Python reads this file in the system's own encoding: a full path with æ, ø or å stops it where that is ASCII.
	@for file in .venv/lib/python*/site-packages/_editable_impl_rop_facilitator.pth; do echo ../../../.. >"$$file"; done
	touch $(STAMP)

$(WORDS): $(WORDS:.mo=.po) | $(STAMP)
	$(BIN)/pybabel -q compile -l nb -i $< -o $@

system: # what Qt and venv (or the tools named in DEBIAN) need from Debian; nothing is done where it is there already
	@command -v dpkg-query >/dev/null || exit 0; \
	missing=""; for name in $(DEBIAN); do \
	  dpkg-query -W -f '$${Status}' $$name 2>/dev/null | grep -q 'ok installed' && continue; \
	  [ $$name = python3-venv ] && $(PYTHON) -c 'import ensurepip' 2>/dev/null && continue; \
	  missing="$$missing $$name"; done; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ]; then sudo=""; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else \
	  echo "Some packages of the system are missing. Type this, then try again:"; \
	  echo "  sudo apt-get install --no-install-recommends$$missing"; exit 1; fi; \
	echo "Installing from Debian:$$missing"; \
	$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null

run: setup ## open the program; without a display, leave the sample and its papers in build/demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(BIN)/rop-facilitator; else \
	  echo "There is no display here, so no window can open. Making the sample in build/demo instead."; \
	  $(MAKE) --no-print-directory demo; fi

demo: setup ## the sample database, tonight's papers and a picture of each page, in build/demo
	@$(OFFSCREEN) $(BIN)/python -m rop_facilitator.gui.demo build/demo

test: setup ## the whole suite, without a screen
	$(OFFSCREEN) $(BIN)/python -m pytest -n $(JOBS)

test-fast: setup ## the tests that need neither a database nor Qt
	$(BIN)/python -m pytest tests/curriculum tests/planning tests/test_i18n.py -n $(JOBS)

SEEDS ?= 1-20
STEPS ?= 400

soak: setup ## walk through the window by chance, as in SEEDS=1-20 STEPS=400; see tests/soak
	@$(OFFSCREEN) $(BIN)/python -m tests.soak --seeds $(SEEDS) --steps $(STEPS)

lint: setup ## ruff, mypy and import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

spell: setup ## spell all bokmål with hunspell; words it lacks stand in resources/spelling/nb.txt
	@$(MAKE) --no-print-directory system DEBIAN="hunspell hunspell-no"
	$(BIN)/python resources/check_spelling.py

check: lint test ## lint and test

bench: setup ## the ratios of benchmarks/README.md, measured against floors in the same run
	$(OFFSCREEN) $(BIN)/python -m benchmarks

curricula: setup ## check all curricula and handouts that are shipped
	$(BIN)/rop-facilitator check

screens: setup ## a picture of every page: light and dark, bokmål and English, 100 % and 200 % text
	@$(OFFSCREEN) $(BIN)/python -m rop_facilitator.gui.demo build/screens --screens

strings: setup ## collect the texts of the program into the translation file
	$(BIN)/python resources/collect_strings.py

lock: ## renew requirements.lock (needs uv)
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev pyproject.toml -o requirements.lock
