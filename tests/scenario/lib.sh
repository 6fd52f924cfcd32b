# shellcheck shell=bash
# lib.sh - what the tests of many slices share. Source it in the root of the source.
BUILD=${BUILD:-build/release}
export LC_ALL=C.UTF-8 TZ=UTC
PATH=$PWD/$BUILD:$PATH
root=$PWD
make -s "$BUILD/amends" >/dev/null || exit 1

scratch=$(mktemp -d)
cd "$scratch" || exit 1
# shellcheck disable=SC2154  # set above
cp "$root/examples/tiny.json" base.json

# shellcheck source=tests/support/tap.sh
. "$root/tests/support/tap.sh"

# block NAME: the text of the only block ```NAME of docs/scenarios.md.
block() { awk -v name="\`\`\`$1" '$0 == name {inside = 1; next} inside && /^```$/ {exit} inside' "$root/docs/scenarios.md"; }

# The command line that the document cuts into slices, as one run.
whole() {
    block collect | sed 's/--collect slices -o out/-o whole/' >whole.sh
    bash whole.sh
}
collect() { bash -c "$(block collect)"; }
same() { diff -r whole out; }
# refuses TEXT: collecting fails, says that, and writes nothing.
refuses() {
    local said
    if said=$(collect 2>&1); then
        echo "it was collected" && return 1
    fi
    [[ $said == *"$1"* ]] && [ ! -e out ] || { echo "$said"; return 1; }
}
