#!/usr/bin/env bash
# run-tests.sh [SUITE...] - run the test suites of a build (BUILD=build/release) and count.
#
# A suite is a program that prints TAP ("ok 1 - text", "not ok 2 - text", "1..2"); one that prints
# no TAP counts as a single test, by its exit code. A suite that ends with an error, or with fewer
# tests than it planned, adds a failure of its own. What failed is shown in full, and named again at
# the end. Suites: unit tools cases docs builds, others (every executable tests/*/run*), or the path of
# a program; without an argument all of them.
set -u
cd "$(dirname "$0")/.." || exit 1
export BUILD=${BUILD:-build/release}
AMENDS=$PWD/$BUILD/amends
export AMENDS
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

passed=0
failed=0
names=()

fail() {
    failed=$((failed + 1))
    names+=("$1")
}

# run NAME COMMAND...: one suite.
run() {
    local name=$1 log=$scratch/log status ok bad plans plan
    shift
    # the shell's own word on a crash would name a process; the exit code says it too
    { CMOCKA_MESSAGE_OUTPUT=TAP "$@" >"$log" 2>&1 </dev/null; } 2>/dev/null
    status=$?
    plans=$(grep -cE '^1\.\.[0-9]+' "$log")
    plan=$(sed -nE 's/^1\.\.([0-9]+).*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
    ok=$(grep -cE '^ok ' "$log")
    bad=$(grep -cE '^not ok ' "$log")
    passed=$((passed + ok))
    while IFS= read -r line; do fail "$name: $line"; done < <(grep -E '^not ok ' "$log")
    if [ "$plans" = 0 ] && [ $((ok + bad)) = 0 ]; then # no TAP
        if [ $status = 0 ]; then
            passed=$((passed + 1)) ok=1
        else
            fail "$name: ended with status $status"
            bad=1
        fi
    elif [ $((ok + bad)) != "$plan" ] || [ "$plan" = 0 ]; then
        fail "$name: planned $plan tests, ran $((ok + bad))"
        bad=$((bad + 1))
    elif [ $status != 0 ] && [ "$bad" = 0 ]; then
        fail "$name: ended with status $status"
        bad=$((bad + 1))
    fi
    if [ "$bad" = 0 ]; then
        printf '%-44s %4d passed\n' "$name" "$ok"
    else
        printf '%-44s %4d passed, %d FAILED\n' "$name" "$ok" "$bad"
        sed 's/^/    /' "$log"
    fi
}

suite_unit() {
    local source
    for source in tests/unit/test_*.c tests/oracle/test_*.c tests/property/test_*.c; do
        [ -e "$source" ] || continue
        # shellcheck disable=SC2086  # WRAP is a command with its options
        run "${source%.c}" ${WRAP:-} "$BUILD/${source%.c}"
    done
}
suite_cases() { run "tests/cases" tools/run-cases.sh; }
suite_docs() { run "examples of the documents" tools/run-doc-examples.sh; }
suite_tools() {
    run "dependency rule" tools/check-deps.sh
    run "rule ids" tools/check-rules.sh
    run "formatting" tools/check-format.sh
    run "man page" tools/check-man.sh
    run "hardening" tools/check-hardening.sh
}
suite_builds() { run "other builds" tools/check-builds.sh; }
suite_others() {
    local program
    for program in tests/*/run*; do
        if [ -f "$program" ] && [ -x "$program" ]; then
            run "$program" "$program"
        fi
    done
}

[ $# -gt 0 ] || set -- unit tools cases docs others builds
for suite in "$@"; do
    case $suite in
    */*) run "$(basename "$suite")" "$suite" ;; # any program
    *) "suite_$suite" ;;
    esac
done

echo
if [ $failed -gt 0 ]; then
    printf 'FAILED: %s\n' "${names[@]}"
    echo
fi
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
