#!/usr/bin/env bash
# run-parallel.sh - the slices of docs/scenarios.md under GNU parallel, and --collect of whatever
# is wrong with them. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/scenario/lib.sh
trap 'rm -rf "$scratch"' EXIT

check "one run of all" whole
slices() { block parallel | sed 's/| parallel /| parallel --will-cite --jobs 2 /' | bash; }
check "twenty slices under GNU parallel" slices
twenty() { [ "$(find slices -name 'slice-*-of-20.jsonl' | wc -l)" = 20 ]; }
check "write twenty files" twenty
check "and can be collected" collect
check "to the same bytes as one run" same

rm -rf out
again() { # again I: run one slice again
    amends scenario base.json --sweep add_places=0..19 --task "$1/20" -o slices --quiet
}
mv slices/slice-7-of-20.jsonl slices/slice-11-of-20.jsonl .
check "a missing slice is named" refuses "slices/slice-7-of-20.jsonl: error: missing"
check "and every other one" refuses "slices/slice-11-of-20.jsonl: error: missing"
check "with how to make it" refuses "--task 11/20"
mv slice-11-of-20.jsonl slices/
head -c 500 slice-7-of-20.jsonl >slices/slice-7-of-20.jsonl
check "one cut short is damaged" refuses "slices/slice-7-of-20.jsonl: error: damaged"
sed 's/"run": *"../"run": "zz/' slice-7-of-20.jsonl >slices/slice-7-of-20.jsonl
check "one of another run is told" refuses "slices/slice-7-of-20.jsonl: error: of another run"
sed '2s/"objective": *[0-9]*/"objective": "many"/' slice-7-of-20.jsonl >slices/slice-7-of-20.jsonl
check "so is one that was changed" refuses "slices/slice-7-of-20.jsonl"
cp slices/slice-1-of-20.jsonl slices/slice-1-of-5.jsonl
check "slices of two numbers are not mixed" refuses "slices of 5 and of 20"
rm slices/slice-1-of-5.jsonl
check "a slice that is run again" again 7
check "is the same" cmp slices/slice-7-of-20.jsonl slice-7-of-20.jsonl
touch slices/notes.txt slices/slice-x-of-20.jsonl
check "what else lies there does not matter" collect
check "and all is as before" same
rm -rf out
mv slices none
mkdir slices
check "an empty folder is told" refuses "there is no slice in it"
rmdir slices
check "and one that is not there" refuses "slices"
another() { sed -i 's/"as_of": "[0-9-]*"/"as_of": "2026-02-25"/' base.json; }
mv none slices
check "another caseload" another
check "has other slices" refuses "of another run"
finish
