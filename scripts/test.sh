#!/usr/bin/env bash
# Runs every test. Fetches Chromium and the validators where it may; says in one line what it could not.
set -euo pipefail
cd "$(dirname "$0")/.."
need_in_ci() {  # $1: what is missing, $2: what to do
  if [ "${CI:-}" = true ]; then echo "In CI $1 is required: $2" >&2; exit 1; fi
  echo "left out: tests that need $1. $2"
}
apt() {
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" = 0 ]; then local as=; elif sudo -n true 2>/dev/null; then local as=sudo; else return 1; fi
  { $as apt-get install -y -qq "$@" || { $as apt-get update -qq && $as apt-get install -y -qq "$@"; }; } >/dev/null 2>&1
}
# type -P looks for files only; `command -v` would find a function of that name.
browser() { type -P chromium || type -P chromium-browser || type -P google-chrome; }
browser >/dev/null || apt chromium || true
if browser >/dev/null; then NIGHTDESK_CHROMIUM=$(browser); export NIGHTDESK_CHROMIUM
else need_in_ci Chromium "Install it (Debian: apt-get install chromium) and run again."; fi
type -P borg >/dev/null || apt --no-install-recommends borgbackup || true
type -P borg >/dev/null || need_in_ci borg "Install it (Debian: apt-get install borgbackup) and run again."
# Without these two the tests of the real cleaner say that they are left out; nothing else needs them.
{ type -P mat2 && type -P bwrap; } >/dev/null || apt --no-install-recommends mat2 bubblewrap || true
{ type -P mat2 && type -P bwrap; } >/dev/null || echo "left out: tests that need mat2 and bubblewrap. Install them (Debian: apt-get install mat2 bubblewrap) and run again."
if command -v npm >/dev/null; then
  [ -d tests/validators/node_modules ] && [ tests/validators/node_modules/.package-lock.json -nt tests/validators/package-lock.json ] ||
    (cd tests/validators && npm ci --silent --no-audit --no-fund --ignore-scripts) ||
    need_in_ci "the page validators" "Let npm reach its registry once and run again."
else need_in_ci Node.js "Install Node.js 20 or newer and run again."; fi
# Where the machine forbids it, each of the hundreds of programs that tests start would compile its modules again.
unset PYTHONDONTWRITEBYTECODE
# Three workers on two cores: a third of the time of two was waiting, for a program to end or a browser to draw.
.venv/bin/python -W error -m pytest -n 3 --dist loadfile --no-loadscope-reorder "$@"
