# Deux commandes suffisent : `make run` et `make test`. `make help` dit le reste.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8501
CRTE ?=
ANCT ?=
GROUND ?=
UV ?= uv
PIP_QUIET := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip -qq

.NOTPARALLEL:
.PHONY: help run test check web tools browser bench load reference screenshots lock clean

help: ## affiche cette aide
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp web ## installe ce qui manque et ouvre l'application (PORT=8501)
	@$(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.headless true -- --open

# Three for two processors: what drives a browser or a server waits a third of its time.
test: $(VENV)/dev.stamp tools browser check ## format, style, types, contrats, tests, vrai navigateur
	@$(BIN)/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder

check: $(VENV)/dev.stamp tools ## format, style, types et contrats d'import seulement
	@if [ -x node_modules/.bin/biome ]; then node_modules/.bin/biome check --error-on-warnings --colors=off; fi
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/dev.stamp tools browser ## mesure, à côté des autres outils (dix minutes)
	@$(BIN)/python -m bench

load: $(VENV)/dev.stamp ## des visiteurs à la fois (LOAD="--users 25 --seconds 60"), chiffres en JSON
	@$(BIN)/python -m bench.load $(LOAD)

reference: $(VENV)/run.stamp ## refait data/reference (CRTE= ou MOVEMENTS=fichier.csv, ANCT=, CONTOURS= ou GROUND=dossier)
	@$(BIN)/python -m geo.reference.build $(if $(CRTE),--crte "$(CRTE)") \
		$(if $(MOVEMENTS),--movements "$(MOVEMENTS)") $(if $(ANCT),--anct "$(ANCT)") \
		$(if $(CONTOURS),--contours "$(CONTOURS)") $(if $(GROUND),--ground "$(GROUND)")

screenshots: $(VENV)/dev.stamp tools browser ## refait les captures d'écran de README.md
	@$(BIN)/python -m bench.screenshots

lock: ## refait les verrous des dépendances (demande uv et npm)
	@command -v $(UV) >/dev/null || { echo "uv est introuvable : installez-le (pip install uv) ou donnez UV=chemin." >&2; exit 1; }
	@export UV_CUSTOM_COMPILE_COMMAND="make lock"; \
	lock="$(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links"; \
	$$lock --group dev --output-file requirements-dev.txt; \
	$$lock --group build --constraint requirements-dev.txt --output-file requirements.txt
	@npm install --package-lock-only

clean: ## efface ce que make a installé ou calculé
	@rm -rf $(VENV) node_modules .cache *.egg-info bench/results \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@for name in python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then \
		echo "Python 3.11 ou plus récent est nécessaire ; trouvé : $$(python3 --version 2>&1 || echo aucun). Installez-le, puis relancez make." >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "Le module venv manque à $$found : sous Debian ou Ubuntu, « apt-get install python3-venv », puis relancez make." >&2; exit 1; \
	fi; \
	echo "Environnement Python dans $(VENV) ($$("$$found" --version))…"; \
	"$$found" -m venv $(VENV)

# The development lock holds all of the other one: either order of `run` and `test` works.
$(VENV)/run.stamp: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installation des dépendances (une minute la première fois)…"
	@$(PIP_QUIET) install --require-hashes -r requirements.txt
	@$(PIP_QUIET) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt pyproject.toml | $(BIN)/python
	@echo "Installation des dépendances de développement (une minute la première fois)…"
	@$(PIP_QUIET) install --require-hashes -r requirements-dev.txt
	@$(PIP_QUIET) install --no-deps --no-build-isolation --editable .
	@touch $(VENV)/run.stamp $@

web:
	@if [ node_modules/.stamp -nt package-lock.json ]; then exit 0; fi; \
	if ! command -v npm >/dev/null; then \
		echo "npm est introuvable : Leaflet sera chargé depuis un CDN (Internet nécessaire). Installez Node.js pour s'en passer."; exit 0; \
	fi; \
	if npm ci --omit=dev --silent --no-audit --no-fund; then touch node_modules/.stamp; \
	else echo "npm n'a pas pu installer Leaflet : il sera chargé depuis un CDN (Internet nécessaire)."; fi

# What the checks need beside: the linter of web/, axe, an OpenID provider.
tools: web
	@if [ ! -e node_modules/.stamp ] || [ node_modules/.tools -nt package-lock.json ]; then exit 0; fi; \
	if npm ci --silent --no-audit --no-fund; then touch node_modules/.stamp node_modules/.tools; \
	else echo "npm n'a pas pu installer les outils des tests."; exit 1; fi

browser:
	@for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do \
		if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installation de Chromium…"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell fonts-dejavu-core >/dev/null; } && exit 0; \
	fi; \
	echo "Chromium est introuvable : les tests dans un vrai navigateur seront sautés. Installez le paquet « chromium-headless-shell » ou « chromium »."
