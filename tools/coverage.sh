#!/usr/bin/env bash
# coverage.sh [FOLDER] - what the tests that just ran reached, by folder and by file, from a build
# with MODE=cov (build/cov). Fails where model/, io/ or solver/ has less than 95 % of its lines.
set -u
cd "$(dirname "$0")/.." || exit 1
folder=${1:-build/cov}
LEAST=95
failed=()

options=(--root . --exclude 'tests/.*' --exclude 'benchmarks/.*' --exclude-throw-branches)
gcovr "${options[@]}" --gcov-ignore-parse-errors --json "$folder/coverage.json" "$folder" || exit 1
gcovr "${options[@]}" -a "$folder/coverage.json" --txt - --html-details "$folder/coverage.html" ||
    exit 1

# A figure of a folder; gcovr's last lines say "lines: 97.9% (3970 out of 4054)".
figures() { # figures FOLDER FAIL-OPTION...
    local of=$1
    shift
    gcovr "${options[@]}" -a "$folder/coverage.json" --filter "$of/" --print-summary --txt /dev/null "$@"
}
echo
for part in base model io solver cli command publish; do
    [ -d "$part" ] || continue
    printf '%-8s ' "$part"
    figures "$part" | grep -E '^(lines|branches)' | paste -sd ' '
done
for part in model io solver; do
    figures "$part" --fail-under-line "$LEAST" >/dev/null 2>&1 || failed+=("$part")
done
echo "by line: $folder/coverage.html"
if [ ${#failed[@]} -gt 0 ]; then
    echo "under $LEAST % of the lines: ${failed[*]}"
    exit 1
fi
