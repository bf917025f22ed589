# One command for each wish. `make` lists them.

PYTHON ?= python3
BIN := .venv/bin
# MkDocs dates the sitemap by this: the day of the commit, so that a commit builds the same always.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
SETUP := .venv/.setup
# What `make report` compares with, and where previews are shown.
BASE ?= main
NUMBER ?=
SITE ?= $(shell sed -n 's/^site_url: *//p' mkdocs.yml)
WEEKLY ?=

.DEFAULT_GOAL := help
.PHONY: help serve build test quick check format heights lock clean browser bench pictures \
	schema owners report preview weigh workflows weekly

help: ## list these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

serve: $(SETUP) ## show the site at http://127.0.0.1:8000, and again after each save
	$(BIN)/strideguide serve

build: $(SETUP) ## build the site into site/
	$(BIN)/strideguide build --strict

check: $(SETUP) ## check the data, the types and the style
	$(BIN)/strideguide check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	sh tools/biome.sh check --error-on-warnings

test: $(SETUP) browser ## run every test, those in a browser too
	$(BIN)/pytest -rs -n auto --maxprocesses 4 --dist worksteal

quick: $(SETUP) ## run the tests that need no browser and no build, in seconds
	$(BIN)/pytest -n logical --maxprocesses 4 --dist worksteal --ignore tests/built -m "not slow"

format: $(SETUP) ## lay the code out as `make check` wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	sh tools/biome.sh check --write

heights: $(SETUP) browser ## measure the cards for other sites, after a change of their words or style
	$(BIN)/python tools/heights.py

weigh: $(SETUP) browser build ## weigh a condition page as a phone meets it, every request, gzipped
	$(BIN)/python tools/weigh.py site $(PAGE)

pictures: $(SETUP) browser build ## photograph each kind of page into docs/pages/
	$(BIN)/python tools/contact_sheet.py

bench: $(SETUP) ## measure builds of synthetic data against MkDocs with gen-files
	$(BIN)/python bench/bench.py $(BENCH)

schema: $(SETUP) ## write the schemas by which editors check the data files
	$(BIN)/strideguide schema

owners: $(SETUP) ## write CODEOWNERS from .github/owners.yaml
	$(BIN)/python tools/owners.py

report: $(SETUP) ## say in report/ what changed since BASE, as on a pull request: make report BASE=main
	$(BIN)/strideguide report "$$(git merge-base "$(BASE)" HEAD)" --into report \
		--preview "$(if $(NUMBER),$(SITE)pr/$(NUMBER)/)"

preview: $(SETUP) ## build the site as the preview of pull request NUMBER
	$(BIN)/strideguide build --site-url "$(SITE)pr/$(NUMBER)/" --preview "pull request $(NUMBER)"

weekly: $(SETUP) ## write report/weekly.md: reviews that are due, addresses of others that fail
	$(BIN)/python tools/weekly.py report/weekly.md $(WEEKLY)

workflows: ## lint the workflows of GitHub
	sh tools/actionlint.sh

lock: $(SETUP) ## pin the newest versions that pyproject.toml allows
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/pip install --quiet pip-tools
	.cache/lock/bin/pip-compile --quiet --upgrade --extra dev --all-build-deps --generate-hashes \
		--allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host \
		--no-emit-find-links --output-file requirements.lock pyproject.toml

clean: ## delete all that these commands made
	rm -rf .venv site .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

browser: ## find or install the browser that the tests drive
	@sh tools/browser.sh > /dev/null

# The environment: pinned, checked by hash, and this project in place. Made anew when the lock changes.
$(SETUP): requirements.lock pyproject.toml
	sh tools/venv.sh "$(PYTHON)"
	@touch $@
