# shellcheck shell=bash
# lib.sh - what the tests of amends-publish share. Source it in the root of the source.
BUILD=${BUILD:-build/release}
export BUILD LC_ALL=C.UTF-8 TZ=UTC
publish=$PWD/$BUILD/amends-publish
fixed=$PWD/$BUILD/tests/calendars/fixed_roster
tests=$PWD/tests/publish
make -s "$BUILD/amends-publish" "$BUILD/tests/calendars/fixed_roster" >/dev/null || exit 1

scratch=$(mktemp -d)
trap 'chmod -R u+rwx "$scratch"; rm -rf "$scratch"' EXIT

# shellcheck source=tests/support/tap.sh
. tests/support/tap.sh

# ends_with STATUS COMMAND...
ends_with() {
    local expected=$1 status
    shift
    "$@"
    status=$?
    [ $status = "$expected" ] || { echo "ended with $status"; return 1; }
}
# says TEXT STATUS COMMAND...: ends so, and says that, on either stream.
says() {
    local text=$1 expected=$2 said status
    shift 2
    said=$("$@" 2>&1)
    status=$?
    [[ $said == *"$text"* ]] && [ $status = "$expected" ] || { echo "$status: $said"; return 1; }
}
not() { ! "$@"; }

# week NAME MONDAY AS_OF [EDIT...]: NAME.json and its roster, NAME.roster.json, in the scratch folder.
week() {
    local name=$scratch/$1
    shift
    /usr/bin/python3 "$tests/caseload.py" "$@" >"$name.json" &&
        "$fixed" "$name.json" >"$name.roster.json" || { echo "# no caseload $name" && exit 1; }
}
# put NAME FOLDER [OPTION...]: publish a week.
put() {
    local name=$scratch/$1 folder=$2
    shift 2
    "$publish" folder "$name.json" "$name.roster.json" --to "$folder" "$@"
}
feeds() { /usr/bin/python3 "$tests/feeds.py" "$@"; }
# feed FOLDER NAME: the path of its file.
feed() { echo "$1/feeds/$("$publish" list "$2" --in "$1" | awk '{print $2}')"; }
# bytes FOLDER: a line for each file that others see or that the next run reads.
bytes() { (cd "$1" && find . -type f -not -path './.amends-new/*' -exec sha256sum {} + | sort -k 2); }
# copy FROM TO: a folder as it is, in place of another.
copy() {
    rm -rf "$2"
    cp -a "$1" "$2"
}
