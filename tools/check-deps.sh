#!/usr/bin/env bash
# check-deps.sh - who may include whom: base <- model <- {solver, io} <- cli.
# Third-party headers stay in the files named here, and the audit stays independent.
# Prints one TAP line a rule.
set -u
cd "$(dirname "$0")/.." || exit 1

count=0
failed=0
# forbid TEXT PATTERN FILE...: no file includes a header that matches.
forbid() {
    local text=$1 pattern=$2 found
    shift 2
    count=$((count + 1))
    found=$(grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($pattern)" "$@" /dev/null)
    if [ -n "$found" ]; then
        failed=$((failed + 1))
        echo "not ok $count - $text"
        while IFS= read -r line; do echo "# $line"; done <<<"$found"
    else
        echo "ok $count - $text"
    fi
}
# The files of some folders, except those that match.
files() {
    local except=$1
    shift
    find "$@" -name '*.[ch]' | grep -vE "$except" | sort
}

# shellcheck disable=SC2046  # no file name has a space
{
    forbid "base includes nothing of the rest" '(model|solver|io|cli)/' $(files '^$' base)
    forbid "model includes base alone" '(solver|io|cli)/' $(files '^$' model)
    forbid "solver includes base and model alone" '(io|cli)/' $(files '^$' solver)
    forbid "io includes base and model alone" '(solver|cli)/' $(files '^$' io)
    forbid "only solver/lp_glpk.c includes glpk.h" 'glpk\.h' \
        $(files '^solver/lp_glpk\.c$' base model solver io cli)
    forbid "only io includes cJSON" '(cjson/)?cJSON\.h' $(files '^$' base model solver cli)
    forbid "only io includes libical" '(libical/)?ical\.h' $(files '^$' base model solver cli)
    forbid "the audit shares nothing with what it checks" \
        '(solver|io|cli)/|model/(order|eligible|clock|score|travel)\.h|base/(settings|log)' \
        $(find model -name 'audit*.[ch]' | sort)
}
echo "1..$count"
exit $((failed > 0))
