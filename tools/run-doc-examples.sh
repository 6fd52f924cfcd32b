#!/usr/bin/env bash
# run-doc-examples.sh - the commands of the documents do what they say. Prints TAP.
#
# In README.md and docs/*.md, a block ```console holds commands ("$ amends ...") and, below some of
# them, all that they print; in the man page, commands are the lines ".Dl $ ...". Those of a document
# run one after the other in a folder with a copy of examples/, and each must succeed.
set -u
cd "$(dirname "$0")/.." || exit 1
AMENDS=${AMENDS:-$PWD/${BUILD:-build/release}/amends}
PATH=$(dirname "$AMENDS"):$PATH
export PATH LC_ALL=C.UTF-8 TZ=UTC
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
number=0
failed=0

# The commands of a document, one a line; behind each, indented by a tab, what it prints.
commands_of() {
    case $1 in
    *.1) sed -nE 's/^\.Dl \$ //p' "$1" ;;
    *) awk '/^```console$/ {inside = 1; next} /^```/ {inside = 0}
            inside && sub(/^\$ /, "") {print; next} inside {print "\t" $0}' "$1" ;;
    esac
}

# check COMMAND EXPECTED: run it in the scratch folder.
check() {
    local document=$1 command=$2 expected=$3
    number=$((number + 1))
    (cd "$scratch/folder" && bash -c "$command") >"$scratch/got" 2>"$scratch/err" </dev/null
    local status=$? text="$document: $command"
    if [ $status = 0 ] && { [ -z "$expected" ] || diff -u <(printf '%s' "$expected") \
        "$scratch/got" >"$scratch/diff"; }; then
        echo "ok $number - $text"
        return
    fi
    failed=$((failed + 1))
    [ $status = 0 ] || sed 's/^/# /' "$scratch/err"
    [ $status != 0 ] || sed 's/^/# /' "$scratch/diff"
    echo "# exit code $status"
    echo "not ok $number - $text"
}

for document in README.md docs/*.md docs/man/*.1; do
    rm -rf "$scratch/folder"
    mkdir "$scratch/folder"
    cp -r examples "$scratch/folder/"
    command='' expected=''
    while IFS= read -r line; do
        case $line in
        $'\t'*) expected+=${line#$'\t'}$'\n' ;;
        *)
            [ -z "$command" ] || check "$document" "$command" "$expected"
            command=$line expected=''
            ;;
        esac
    done < <(commands_of "$document")
    [ -z "$command" ] || check "$document" "$command" "$expected"
done
echo "1..$number"
exit $((failed > 0))
