# Two commands are all a newcomer needs: `make demo` and `make test`. Both set up what they need.
PY := .venv/bin/python
.DEFAULT_GOAL := help

.venv/.ready: requirements/dev.txt pyproject.toml packaging/names-ko/pyproject.toml
	@scripts/setup.sh

.PHONY: help setup demo test check bench simulate vendor lock messages
help: ## list these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready ## make .venv with everything the rest needs (safe to run again)

demo: setup ## start the invented newsroom: drop, desk and press on this machine
	@.venv/bin/nightdesk demo $(ARGS)

test: setup ## run every test; says in one line what had to be left out
	@scripts/test.sh $(ARGS)

check: setup ## lint, types, import contracts, the sys.modules probe
	@scripts/check.sh

bench: setup ## measure speed, side by side in one run; ARGS=gold: how right reading is
	@$(PY) -m bench $(ARGS)

simulate: setup ## measure the disclosure review on a synthetic population whose truth is known
	@$(PY) -m bench.simulation $(ARGS)

vendor: ## refresh what browsers load (needs Node.js and the npm registry)
	@scripts/vendor.sh

messages: setup ## gather the desk's strings and compile the Korean catalogue
	@scripts/messages.sh

lock: ## rewrite requirements/*.txt with pinned, hashed versions (needs uv)
	@scripts/lock.sh
