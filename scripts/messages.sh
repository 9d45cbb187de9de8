#!/usr/bin/env bash
# Gathers every string of desk and demo, compiles the Korean catalogues, lists what is untranslated.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python scripts/messages.py
