#!/usr/bin/env bash
# The examples and the made-up caseloads are what they say. Prints TAP.
# shellcheck disable=SC2317  # functions are called through check
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build/release}
amends=${AMENDS:-$BUILD/amends}
gen=$BUILD/benchmarks/gen
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
number=0
failed=0

# check TEXT COMMAND...: one test; what the command prints is shown when it fails.
check() {
    local text=$1
    shift
    number=$((number + 1))
    if "$@" >"$scratch/log" 2>&1; then
        echo "ok $number - $text"
    else
        failed=$((failed + 1))
        sed 's/^/# /' "$scratch/log" | head -n 40
        echo "not ok $number - $text"
    fi
}

same_bytes() { # what gen writes with these options, against a file
    local file=$1
    shift
    "$gen" "$@" -o "$scratch/again.json" && cmp "$scratch/again.json" "$file"
}

refused() { # gen ends with 2 and tells how it is used
    "$gen" "$@" >"$scratch/out" 2>"$scratch/err"
    [ $? = 2 ] && [ ! -s "$scratch/out" ] && grep -q '^usage: gen' "$scratch/err"
}

no_errors() { "$amends" check "$1"; }

# field FILE NAME: the first whole number that follows this name.
field() { grep -oE "\"$2\": *-?[0-9]+" "$1" | head -n 1 | grep -oE -- '-?[0-9]+$'; }

# The planted optimum (the proof is in benchmarks/gen_plant.c) is reached, and nothing is claimed
# to lie below it.
planted() {
    local caseload=$scratch/planted.json roster=$scratch/planted-roster.json want got bound
    "$gen" --plant "$@" -o "$caseload" || return 1
    "$amends" roster "$caseload" --gap 0 >"$roster" || return 1
    want=$(grep -oE '"x-planted": \{"objective": -?[0-9]+' "$caseload" | grep -oE -- '-?[0-9]+$')
    got=$(field "$roster" objective)
    bound=$(field "$roster" bound)
    echo "planted $want, found $got, bound $bound"
    [ -n "$want" ] && [ "$got" = "$want" ] && [ "$bound" -le "$want" ] &&
        grep -q '"outcome": *"optimal"' "$roster"
}

# The week that the README of the examples tells: rostered, worked, credited, and read again.
credited() {
    "$amends" roster examples/tiny.json >"$scratch/tiny-roster.json" &&
        "$amends" credit examples/tiny.json examples/outcomes.csv \
            --roster "$scratch/tiny-roster.json" -o "$scratch/next.json" &&
        "$amends" check "$scratch/next.json"
}

check "pdu.json is what gen makes of 500 people" same_bytes examples/pdu.json --people 500 --seed 1
"$gen" --people 2600 --seed 7 --weeks 2 -o "$scratch/two-areas.json"
check "the same options give the same bytes" \
    same_bytes "$scratch/two-areas.json" --people 2600 --seed 7 --weeks 2
check "gen refuses too few people" refused --people 19
check "gen refuses an unknown option" refused --people 50 --sed 1
check "gen refuses a number with something behind it" refused --people 50x
for file in examples/*.json; do
    check "$file is read without an error" no_errors "$file"
done
"$gen" --people 20 --seed 5 --weeks 8 --supervisors 400 -o "$scratch/smallest.json"
check "the smallest caseload is read without an error" no_errors "$scratch/smallest.json"
check "a caseload of two areas is read without an error" no_errors "$scratch/two-areas.json"
check "the planted optimum of 30 people is found" planted --people 30 --seed 1
check "the planted optimum of 100 people is found" planted --people 100 --seed 2
check "the planted optimum of 240 people is found" planted --people 240 --seed 3
check "the outcomes of tiny.json make the next caseload" credited
echo "1..$number"
exit $((failed > 0))
