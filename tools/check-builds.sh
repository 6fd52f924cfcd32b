#!/usr/bin/env bash
# check-builds.sh - the other compiler, the sanitizers and valgrind. Prints TAP.
#
# clang builds everything without a warning; the unit tests run with the address and
# undefined-behaviour sanitizers; one roster is made under the sanitizers, one under valgrind; and a
# roster, a forecast, scenarios and prices with several threads under the thread sanitizer.
set -u
cd "$(dirname "$0")/.." || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS BUILD
release=$(dirname "${AMENDS:-$PWD/build/release/amends}")
number=0
failed=0
log=$(mktemp)
work=$(mktemp -d)
trap 'rm -rf "$log" "$work"' EXIT

step() { # step TEXT COMMAND...
    local text=$1
    shift
    number=$((number + 1))
    if "$@" >"$log" 2>&1; then
        echo "ok $number - $text"
    else
        failed=$((failed + 1))
        tail -n 60 "$log" | sed 's/^/# /'
        echo "not ok $number - $text"
    fi
}
build() { make -j"$(nproc)" "$@" all test-programs; }
unit() {
    local program count=0
    for program in "$1"/tests/*/test_*; do
        case $program in *.o | *.d) continue ;; esac
        PROPERTY_SEEDS=100 "$program" || return 1
        count=$((count + 1))
    done
    [ $count -gt 0 ]
}
valgrind_roster() {
    valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect \
        "$release/amends" roster examples/tiny.json -o "$work/valgrind"
}
# Enough people for every thread to have some, and parts to be solved side by side. (What GLPK does
# is not seen: it is not built so.)
threads() {
    local people=$work/people.json few=$work/few.json limits=(--step-limit 20 --node-limit 1)
    export TSAN_OPTIONS=halt_on_error=1
    "$release/benchmarks/gen" --people 120 --seed 4 -o "$people" &&
        "$release/benchmarks/gen" --people 30 --seed 4 -o "$few" &&
        build/tsan/amends roster "$people" --threads 4 --step-limit 60 --node-limit 1 -o "$work/tsan" &&
        build/tsan/amends forecast "$people" --threads 4 --futures 40 -o "$work/tsan-forecast" &&
        build/tsan/amends scenario "$few" --sweep add_places=0..2/2 --threads 2 "${limits[@]}" \
            -o "$work/tsan-scenario" &&
        build/tsan/amends roster "$few" "${limits[@]}" -o "$work/tsan-few" &&
        build/tsan/amends prices "$few" "$work/tsan-few/roster.json" --threads 2 "${limits[@]}"
}

leaks() {
    make -j"$(nproc)" MODE=asan faulty && tests/faults/leaks build/asan/tests/faults/amends-faulty 61
}

step "clang builds without a warning" build CC=clang
step "a build with the sanitizers" build MODE=asan
step "the unit tests under the sanitizers" unit build/asan
step "a roster under the sanitizers" build/asan/amends roster examples/tiny.json -o "$work/asan"
step "no fault and no leak where memory runs out" leaks
step "a roster under valgrind" valgrind_roster
step "both gave the same bytes" diff -r "$work/asan" "$work/valgrind"
step "a build with the thread sanitizer" make -j"$(nproc)" MODE=tsan build/tsan/amends
step "several threads under the thread sanitizer" threads
echo "1..$number"
exit $((failed > 0))
