# lib.sh - what the scripts of this folder share: `check`, a scratch folder, `finish`. To be sourced.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
BUILD=${BUILD:-build/release}
export BUILD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Whatever a program keeps of its own stays in the scratch folder.
export HOME=$scratch XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache
export XDG_DATA_HOME=$scratch/data

# shellcheck source=tests/support/tap.sh
. tests/support/tap.sh

# build PROGRAM...: programs of this folder.
build() { make -s "${@/#/$BUILD/tests/calendars/}" >/dev/null || exit 1; }
calendars() { find "$1/calendars" -name '*.ics'; }
lint() { # lint FOLDER [OPTION...]
    local files
    mapfile -t files < <(calendars "$1")
    [ ${#files[@]} -gt 0 ] && /usr/bin/python3 tests/calendars/lint.py "${@:2}" "${files[@]}"
}

# is EXPECTED COMMAND...: does it print just that?
is() {
    local expected=$1 said
    shift
    said=$("$@") || { echo "$said"; return 1; }
    [ "$said" = "$expected" ] || { diff <(echo "$expected") <(echo "$said"); return 1; }
}
ends_with() { # ends_with STATUS COMMAND...
    local expected=$1 status
    shift
    "$@"
    status=$?
    [ $status = "$expected" ] || { echo "ended with $status"; return 1; }
}

# khal CALENDAR COMMAND...: khal with a calendar of its own, which shows times in UTC, so that a
# wrong offset is seen.
khal_with() {
    local name=$1
    shift
    mkdir -p "$scratch/vdir-$name"
    cat >"$scratch/khal-$name.conf" <<END
[calendars]
[[roster]]
path = $scratch/vdir-$name
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $scratch/khal-$name.db
END
    khal -c "$scratch/khal-$name.conf" "$@"
}
