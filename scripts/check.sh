#!/usr/bin/env bash
# Lint, types, import contracts, and what each program really loads.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
# The types take as long as all the rest, on one core: they are checked beside it, and told at the end.
said=$(mktemp)
$bin/mypy src/nightdesk >"$said" 2>&1 &
types=$!
trap 'kill "$types" 2>/dev/null || true; rm -f "$said"' EXIT
$bin/ruff check .
$bin/ruff format --check .
# Python before 3.11.5 matches a group repeated possessively wrongly (gh-106052): (?>(?:…)+) says the same and is right.
if grep -rnE '\)[+*?]\+|\)\{+[0-9]+(,[0-9]*)?\}+\+' src bench --include='*.py' --include='*.toml'; then
  echo "a group repeated possessively: see the comment in scripts/check.sh" >&2
  exit 1
fi
$bin/lint-imports --no-logo 2>/dev/null || $bin/lint-imports
$bin/python scripts/probe.py
code=0
wait "$types" || code=$?
cat "$said"
exit "$code"
