#!/usr/bin/env bash
# check-man.sh - the man page is well formed, and knows every command, option and setting that
# `amends` has, with the same default.
set -u
cd "$(dirname "$0")/.." || exit 1
page=docs/man/amends.1
amends=${BUILD:-build/release}/amends
failed=0
complain() {
    echo "$1"
    failed=1
}

mandoc -T lint -W warning "$page" || failed=1
text=$(mandoc -T utf8 -O width=500 "$page" | sed 's/.\x08//g')
commands=$("$amends" --help | sed -n '/^Commands:/,/^$/p' | awk 'NR > 1 && NF {print $1}')
[ -n "$commands" ] || complain "amends --help lists no command"
for command in $commands; do
    grep -qE "^ +amends $command( |$)" <<<"$text" || complain "$page does not show: amends $command"
    while read -r option; do
        grep -qF -- "$option" <<<"$text" || complain "$page lacks $option of amends $command"
    done < <("$amends" "$command" --help | grep -oE '(^| )--[a-z][a-z-]+' | tr -d ' ' | sort -u)
done
while read -r name value; do
    option=--$(tr _ - <<<"$name")
    grep -A 3 -E -- "^ +$option( |=)" <<<"$text" | grep -qF "Default: $value." ||
        complain "$page gives no \"Default: $value.\" for $option"
done < <("$amends" settings | sed -n '2,/^$/p' | awk 'NF {print $1, $2}')
exit $failed
