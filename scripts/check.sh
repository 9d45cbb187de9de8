#!/usr/bin/env bash
# Lint, types, import contracts, and what each program really loads.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
$bin/ruff check .
$bin/ruff format --check .
$bin/mypy src/nightdesk
$bin/lint-imports --no-logo 2>/dev/null || $bin/lint-imports
$bin/python scripts/probe.py
