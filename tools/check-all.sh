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
mapfile -t sources < <(find base model solver io cli benchmarks -name '*.c' | sort)
mapfile -t tests < <(find tests -name '*.c' | sort)

# Sets status=1 and shows the lines that are no "ok".
tap() {
    "$@" | grep -vE '^(ok |1\.\.)'
    return "${PIPESTATUS[0]}"
}
tidy() { clang-tidy --quiet "${sources[@]}" -- "${CSTD[@]}" 2>&1 | grep -vE '^[0-9]+ warnings? '; }
tidy_clean() { ! tidy | grep -E 'warning:|error:' -A 4; }
analyze() {
    local file status=0
    for file in "${sources[@]}"; do
        gcc "${CSTD[@]}" -O1 -fanalyzer -Werror -c -o /dev/null "$file" || status=1
    done
    return $status
}

step "formatting" tools/check-format.sh
step "dependency rule" tap tools/check-deps.sh
step "rule ids" tap tools/check-rules.sh
step "build for the man page" make all
step "man page" tools/check-man.sh
step "cppcheck" cppcheck -q --std=c11 --enable=warning,performance,portability --inline-suppr \
    --suppress=missingIncludeSystem --error-exitcode=1 -I. -j 2 "${sources[@]}" "${tests[@]}"
step "clang-tidy" tidy_clean
step "gcc -fanalyzer" analyze

if [ ${#failed[@]} -gt 0 ]; then
    printf 'FAILED: %s\n' "${failed[@]}"
    exit 1
fi
echo "all checks passed"
