#!/bin/sh
# What the outputs tell of whom, and what an attack in a caseload comes to. Prints TAP.
# usage: tests/privacy/run.sh [AMENDS]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
amends=${1:-${AMENDS:-$root/build/release/amends}}
[ -x "$amends" ] || { echo "$amends: not built" >&2; exit 1; }
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$root/tests/privacy/check.py" "$amends" "$root"
