#!/usr/bin/env bash
# check-all.sh - reads the source with everything that reads source. `make check`.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=()
step() { # step NAME COMMAND...
    local name=$1
    shift
    printf '%s ...\n' "$name"
    "$@" || failed+=("$name")
}
CSTD=(-std=c11 -D_POSIX_C_SOURCE=200809L -I. -include base/banned.h)
mapfile -t sources < <(find base model solver io command cli publish benchmarks -name '*.c' -not -path '*/node_modules/*' |
    sort)

# Shows the lines that are no "ok".
tap() {
    "$@" | grep -vE '^(ok |1\.\.)'
    return "${PIPESTATUS[0]}"
}

# Of findings like "file:line:column: warning: text [check]", those that tools/known-findings.txt
# does not explain. Fails when there is one.
unexplained() {
    ! grep -E 'warning:|error:|style:|portability:|performance:' | sed "s|^$PWD/||" | sort -u |
        awk 'NR == FNR {if ($1 !~ /^#/) known[$1 " " $2] = 1; next}
             {split($1, at, ":"); check = $NF; gsub(/[][]/, "", check); sub(/,.*/, "", check)}
             !((at[1] " " check) in known)' tools/known-findings.txt - | grep .
}
cpp_check() {
    cppcheck -q --std=c11 --enable=warning,performance,portability -j "$(nproc)" -I. \
        --suppress=missingIncludeSystem --suppress=ctuuninitvar \
        --template='{file}:{line}:{column}: {severity}: {message} [{id}]' --template-location='' \
        "${sources[@]}" 2>&1 | unexplained
}
# Each file on its own, on every processor.
each() { # each COMMAND...: with a file as its last word
    printf '%s\0' "${sources[@]}" | xargs -0 -n 1 -P "$(nproc)" "$@"
}
# (The object goes to standard output: a compiler that fails as root may remove its -o.)
analyze() { each gcc "${CSTD[@]}" -O1 -fanalyzer -S -o - 2>&1 >/dev/null | unexplained; }
tidy_one() { clang-tidy --quiet "$1" -- "${CSTD[@]}" 2>/dev/null; }
tidy() {
    export -f tidy_one
    export CSTD_WORDS="${CSTD[*]}"
    each bash -c 'read -ra CSTD <<<"$CSTD_WORDS"; tidy_one "$1"' tidy | unexplained
}
scripts() {
    local found
    mapfile -t found < <(grep -rlE --exclude-dir=node_modules '^#!/usr/bin/env bash$' .ci benchmarks \
        tests tools | sort)
    shellcheck -x -P SCRIPTDIR -S warning "${found[@]}"
}

step "build" make all
step "formatting" tools/check-format.sh
step "dependency rule" tap tools/check-deps.sh
step "rule ids" tap tools/check-rules.sh
step "man page" tools/check-man.sh
step "shellcheck" scripts
step "cppcheck" cpp_check
step "gcc -fanalyzer" analyze
step "clang-tidy" tidy

if [ ${#failed[@]} -gt 0 ]; then
    printf 'FAILED: %s\n' "${failed[@]}"
    exit 1
fi
echo "all checks passed"
