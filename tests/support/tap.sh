# shellcheck shell=bash
# tap.sh - tests of a script as TAP: `check` for each, `finish` at the end. To be sourced.

count=0
failed=0
# check TEXT COMMAND...: one test; what the command prints explains a failure.
check() {
    local text=$1 said
    shift
    count=$((count + 1))
    if said=$("$@" 2>&1); then
        echo "ok $count - $text"
    else
        failed=$((failed + 1))
        echo "not ok $count - $text"
        while IFS= read -r line; do echo "# $line"; done <<<"$said"
    fi
}
# The end: prints the plan and leaves.
finish() {
    echo "1..$count"
    exit $((failed > 0))
}
