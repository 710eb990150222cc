# Two commands: `make start` runs a demo school on this machine, `make test` runs every test.
# Both prepare what they need; see apps/frappe_lite/bootstrap/.

PYTHON ?= python3
BOOTSTRAP = $(PYTHON) apps/frappe_lite/bootstrap

.PHONY: start test setup desk lint clean

start: ## demo school on http://127.0.0.1:$PORT (8000); PORT, SITE, ADMIN_PASSWORD are read from the environment
	@exec $(BOOTSTRAP) start

test: ## lint, desk tests, all Python tests
	@exec $(BOOTSTRAP) test $(ARGS)

setup: ## env/ and the desk, nothing more
	@exec $(BOOTSTRAP) setup

desk: ## build the desk
	@exec $(BOOTSTRAP) desk

lint: ## ruff, eslint, prettier
	@exec $(BOOTSTRAP) lint

clean: ## remove what the other targets made, sites apart
	rm -rf env build .pytest_cache .ruff_cache apps/frappe_lite/desk/node_modules apps/frappe_lite/frappe/public/dist
