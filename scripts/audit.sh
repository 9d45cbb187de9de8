#!/usr/bin/env bash
# Asks whether a locked version has a published weakness. Says aloud when it could not ask: silence is never green.
#
#   scripts/audit.sh                      asks the service that pip-audit asks (a network is needed)
#   scripts/audit.sh advisories.json      asks a local file: {"package": [{"id": "...", "fixed": ["1.2"], "affected": ["<1.2"]}]}
#
# Exit code 0: asked, nothing found. 1: something found. 2: nobody could be asked.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
python=.venv/bin/python
if [ $# -gt 0 ]; then exec "$python" scripts/audit.py "$@"; fi
if [ ! -x .venv/bin/pip-audit ]; then
  echo "NOT CHECKED: pip-audit is not installed (.venv/bin/pip install pip-audit), and no advisory file was given." >&2
  exit 2
fi
worst=0
for lock in requirements/*.txt; do
  said=$(.venv/bin/pip-audit --progress-spinner off --require-hashes --disable-pip --no-deps -r "$lock" 2>&1)
  code=$?
  echo "$said"
  if [ $code -eq 0 ]; then continue; fi
  # pip-audit exits with 1 for a weakness and for a service that is away: only the first prints a table of IDs.
  if grep -qE '^[A-Za-z0-9._-]+ +[^ ]+ +(PYSEC|CVE|GHSA)-' <<<"$said"; then
    if [ $worst -eq 0 ]; then worst=1; fi
  else
    echo "NOT CHECKED: $lock. The advisory service could not be asked." >&2
    worst=2
  fi
done
exit $worst
