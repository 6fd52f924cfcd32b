#!/usr/bin/env bash
# check-format.sh - every C file is as clang-format leaves it, in UTF-8, without trailing blanks.
set -u
cd "$(dirname "$0")/.." || exit 1
mapfile -t sources < <(find base model solver io command cli publish benchmarks tests -type f -name '*.[ch]' | sort)
failed=0
clang-format --dry-run --Werror "${sources[@]}" || failed=1
mapfile -t texts < <(find . \( -name build -o -name .git -o -name node_modules -o -name out \) -prune -o \
    \( -name '*.[ch]' -o -name '*.def' -o -name '*.sh' -o -name Makefile \) -print | sort)
if grep -nE '[[:blank:]]+$' "${texts[@]}"; then
    echo "blanks at the end of these lines"
    failed=1
fi
if grep -nP '^ *\t' "${texts[@]}" | grep -v '^\./Makefile:'; then
    echo "tabs in these lines"
    failed=1
fi
exit $failed
