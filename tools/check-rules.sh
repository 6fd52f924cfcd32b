#!/usr/bin/env bash
# check-rules.sh - every rule and wish of model/rules.def is named in the audit, in the code that makes
# rosters (solver/, and what model/ derives for it) and in docs/formulation.md, and those name no
# other. Prints one TAP line an id and place.
set -u
cd "$(dirname "$0")/.." || exit 1

ids=$(sed -nE 's/^AM_(RULE|RESTRICTED|WISH)\(([RS][0-9]+),.*/\2/p' model/rules.def)
mapfile -t makers < <(find model solver -name '*.[ch]' | grep -vE 'model/(audit|rules|policy)' | sort)
count=0
failed=0
line() { # line OK TEXT
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
    fi
}

# An id stands alone (R1, not R12) or as AM_R1.
named() { # named ID FILE...
    local id=$1
    shift
    grep -qE "(^|[^A-Za-z0-9_]|AM_)$id([^0-9A-Za-z_]|$)" "$@"
}

for id in $ids; do
    named "$id" model/audit*.c
    line $? "$id is in the audit"
    named "$id" "${makers[@]}"
    line $? "$id is in the code that makes rosters"
    named "$id" docs/formulation.md
    line $? "$id is in docs/formulation.md"
done
for place in docs/formulation.md model/audit*.c "${makers[@]}"; do
    others=$(grep -oE '\b(AM_)?[RS][1-9][0-9]?\b' "$place" | sed 's/AM_//' | sort -u |
        grep -vxF "$ids" | tr '\n' ' ')
    [ -z "$others" ]
    line $? "$place names no other rule${others:+ (found $others)}"
done
echo "1..$count"
exit $((failed > 0))
