#!/usr/bin/env bash
# Asks whether a locked version has a published weakness. Says aloud when it could not ask: silence is never green.
#
#   scripts/audit.sh                      asks the service that pip-audit asks (a network is needed)
#   scripts/audit.sh advisories.json      asks a local file: {"package": [{"id": "...", "fixed": ["1.2"], "affected": ["<1.2"]}]}
#
# Exit code 0: asked, nothing found. 1: something found. 2: nobody could be asked about some of it.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
python=.venv/bin/python
if [ $# -gt 0 ]; then exec "$python" scripts/audit.py file "$(realpath "$1")"; fi
auditor=${PIP_AUDIT:-.venv/bin/pip-audit}
if [ ! -x "$auditor" ]; then
  echo "NOT CHECKED: pip-audit is not installed (.venv/bin/pip install pip-audit), and no advisory file was given." >&2
  exit 2
fi
worst=0
for lock in requirements/*.txt; do
  echo "$lock"
  # Its own exit code is 0 for packages it "could not audit": what counts is what it reports of each.
  "$auditor" --progress-spinner off --format json --require-hashes --disable-pip --no-deps -r "$lock" 2>/dev/null |
    "$python" scripts/audit.py report
  code=${PIPESTATUS[1]}
  if [ "$code" -gt "$worst" ]; then worst=$code; fi
done
exit "$worst"
