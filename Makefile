# The commands of the house. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin/python
UV := $(BIN) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url
PYTEST := $(BIN) -m pytest

# A production's environment, for `check --deploy`; nothing is connected to.
DEPLOYED = DEMO=0 DEBUG=0 SECRET_KEY=$$($(BIN) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	ALLOWED_HOSTS=portal.example.org EMAIL_URL=smtp://mail DATABASE_URL=postgresql://portal@db/portal REDIS_URL=redis://redis

.DEFAULT_GOAL := help
.PHONY: help setup run test test-quick coverage bench bench-deadline lint format messages lock reset ready ready-browser ready-proxy

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

ready: # packages and translations; quick when nothing has changed
	@$(PYTHON) bin/bootstrap.py

ready-browser:
	@$(PYTHON) bin/bootstrap.py --browser --proxy

ready-proxy:
	@$(PYTHON) bin/bootstrap.py --proxy

setup: ready ## Install everything and load the data, without starting anything
	@$(BIN) manage.py prepare

run: ready ## Start the portal with demo data; PORT chooses the port (default 8000)
	@exec $(BIN) -m icld_portal.supervisor

test: ready-browser ## Run the whole suite, browser included
	@exec $(PYTEST) -n 2 --dist loadgroup $(ARGS)

test-quick: ready ## Run the suite without the browser
	@exec $(PYTEST) -n 2 --dist loadgroup -m "not browser" $(ARGS)

coverage: ready-browser ## Run the suite and show what it did not touch
	@exec $(PYTEST) -n 2 --dist loadgroup --cov --cov-report=term-missing:skip-covered $(ARGS)

bench: ready ## Measure how fast the portal is: figures to look at, nothing fails
	@exec $(BIN) -m bench

bench-deadline: ready-proxy ## Play the last hour of a round against the real stack; fails if it does not hold
	@exec $(BIN) -m bench.deadline

lint: ready ## Check style, layers, migrations, templates and deployment settings
	$(BIN) -m ruff check
	$(BIN) -m ruff format --check
	$(BIN) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	$(BIN) manage.py makemigrations --check --dry-run
	env -u DATABASE_URL -u REDIS_URL $(DEPLOYED) $(BIN) manage.py check --deploy --fail-level WARNING

format: ready ## Put code and templates into the house's format
	$(BIN) -m ruff check --fix
	$(BIN) -m ruff format
	-find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

messages: ready ## Collect translatable texts into locale/ (needs gettext)
	@command -v xgettext > /dev/null || { echo "gettext is missing: sudo apt-get install gettext"; exit 1; }
	$(BIN) manage.py makemessages --locale sv --no-wrap --ignore '.venv/*' --ignore '.portal/*'

lock: ready ## Renew the locked versions; the direct packages stand in pyproject.toml
	$(UV) --upgrade pyproject.toml -o requirements.txt
	$(UV) --upgrade pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

reset: ready ## Throw away the embedded servers' data; the next start makes it anew
	@$(BIN) -m icld_portal.embedded.reset
