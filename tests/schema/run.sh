#!/bin/sh
# The JSON Schema and `amends check` must agree on the corpus. Needs node and npm.
# usage: tests/schema/run.sh [AMENDS]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
amends=${1:-${AMENDS:-$root/build/release/amends}}
[ -x "$amends" ] || { echo "$amends: not built" >&2; exit 1; }
cd "$root/tests/schema"
[ -d node_modules/ajv ] || npm ci --silent --no-audit --no-fund
node run.mjs "$amends" "$root"/examples/*.json
