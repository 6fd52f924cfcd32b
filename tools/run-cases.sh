#!/usr/bin/env bash
# run-cases.sh [--update] [NAME...] - the command-line cases of tests/cases. Prints TAP.
#
# A case is a folder: `cmd` (a bash script), and what is expected of it: `out` (standard output),
# `err` (standard error), `rc` (exit code); a missing one stands for nothing, or 0. The script runs
# in a fresh copy of what else the folder holds, with amends in the PATH, ROOT set to the source and TOOLS to tools/;
# data files are best made from those of examples/ or tests/cases/data. --update writes what came.
set -u
cd "$(dirname "$0")/.." || exit 1
ROOT=$PWD
BUILD=${BUILD:-build/release}
TOOLS=$ROOT/tools
export ROOT TOOLS BUILD LC_ALL=C.UTF-8 TZ=UTC
AMENDS=${AMENDS:-$ROOT/$BUILD/amends}
PATH=$(dirname "$AMENDS"):$PATH
export AMENDS PATH
update=false
if [ "${1:-}" = --update ]; then
    update=true
    shift
fi
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT

# expected FILE: its text, or nothing.
expected() { if [ -e "$1" ]; then cat "$1"; fi; }

# differs WHAT EXPECTED GOT: true when they do; shows the difference, as TAP comments.
differs() {
    cmp -s "$2" "$3" && return 1
    echo "# $1, expected (-) and found (+):"
    diff -u "$2" "$3" | tail -n +3 | head -n 60 | sed 's/^/#   /'
}

run_case() { # run_case FOLDER: 0 when all is as expected
    local folder=$1 work=$scratch/work got=$scratch/got want=$scratch/want status=0
    rm -rf "$work" "$got" "$want"
    mkdir "$got" "$want"
    cp -r "$folder" "$work"
    rm -f "$work"/{cmd,out,err,rc}
    (cd "$work" && timeout 120 bash "$ROOT/$folder/cmd") >"$got/out" 2>"$got/err" </dev/null
    echo $? >"$got/rc"
    if $update; then
        for part in out err; do
            if [ -s "$got/$part" ]; then cp "$got/$part" "$folder/"; else rm -f "$folder/$part"; fi
        done
        if [ "$(cat "$got/rc")" = 0 ]; then rm -f "$folder/rc"; else cp "$got/rc" "$folder/"; fi
    fi
    expected "$folder/out" >"$want/out"
    expected "$folder/err" >"$want/err"
    if [ -e "$folder/rc" ]; then cp "$folder/rc" "$want/"; else echo 0 >"$want/rc"; fi
    for part in rc out err; do
        if differs "$part" "$want/$part" "$got/$part"; then status=1; fi
    done
    return $status
}

if [ $# = 0 ]; then
    mapfile -t all < <(cd tests/cases && ls -d */ | tr -d / | grep -vx data)
    set -- "${all[@]}"
fi
number=0
failed=0
for name in "$@"; do
    number=$((number + 1))
    if [ ! -e "tests/cases/$name/cmd" ]; then
        echo "# there is no tests/cases/$name/cmd"
        echo "not ok $number - $name"
        failed=$((failed + 1))
    elif run_case "tests/cases/$name"; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        failed=$((failed + 1))
    fi
done
echo "1..$number"
exit $((failed > 0))
