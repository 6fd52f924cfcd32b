#!/usr/bin/env bash
# check-man.sh - the man pages are well formed, and know every command, option and setting that
# `amends` and `amends-publish` have, with the same default.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build/release}
failed=0
complain() {
    echo "$1"
    failed=1
}

# check_page PROGRAM: leaves the page's text in $text.
check_page() {
    local name=$1 program=$build/$1 page=docs/man/$1.1 commands command option
    mandoc -T lint -W warning "$page" || failed=1
    text=$(mandoc -T utf8 -O width=500 "$page" | sed 's/.\x08//g')
    commands=$("$program" --help | sed -n '/^Commands:/,/^$/p' | awk 'NR > 1 && NF {print $1}')
    [ -n "$commands" ] || complain "$name --help lists no command"
    for command in $commands; do
        grep -qE "^ +$name $command( |$)" <<<"$text" || complain "$page does not show: $name $command"
        while read -r option; do
            grep -qF -- "$option" <<<"$text" || complain "$page lacks $option of $name $command"
        done < <("$program" "$command" --help | grep -oE '(^| )--[a-z][a-z-]+' | tr -d ' ' | sort -u)
    done
}

check_page amends-publish
check_page amends
while read -r name value; do
    option=--$(tr _ - <<<"$name")
    grep -A 3 -E -- "^ +$option( |=)" <<<"$text" | grep -qF "Default: $value." ||
        complain "docs/man/amends.1 gives no \"Default: $value.\" for $option"
done < <("$build/amends" settings | sed -n '2,/^$/p' | awk 'NF {print $1, $2}')
exit $failed
