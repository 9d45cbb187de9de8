#!/usr/bin/env bash
# Rewrites requirements/*.txt: every version pinned, every file hashed, no registry named.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
  local out=$1; shift
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
    --annotation-style line "$@" pyproject.toml -o "requirements/$out.txt"
}
lock drop --extra drop
lock courier --extra courier
lock press --extra press
lock desk --extra desk
lock reading --extra reading
lock corroboration --extra corroboration
lock names --extra names
lock bench --group bench
lock dev --extra demo --extra names --group dev
