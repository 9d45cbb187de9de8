#!/usr/bin/env bash
# Makes .venv from the hashed lock. Safe to run again; does nothing when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Nightdesk needs Python 3.11 or newer; $("$python" --version) was found. Set PYTHON=/path/to/python3.11 and try again." >&2
  exit 2
}
"$python" -c 'import venv, ensurepip' 2>/dev/null || {
  echo "This Python has no venv module. On Debian: apt-get install python3-venv" >&2
  exit 2
}
stamp=$(cat requirements/dev.txt pyproject.toml packaging/names-ko/pyproject.toml | sha256sum 2>/dev/null || cat requirements/dev.txt pyproject.toml packaging/names-ko/pyproject.toml | shasum -a 256)
if [ -f .venv/.ready ] && [ "$(cat .venv/.ready)" = "$stamp" ]; then touch .venv/.ready; exit 0; fi
echo "Setting up .venv (a minute or two, once)…"
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . -e packaging/names-ko
printf '%s' "$stamp" > .venv/.ready
