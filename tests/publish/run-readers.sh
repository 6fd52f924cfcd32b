#!/usr/bin/env bash
# run-readers.sh - published feeds as those see them who subscribe: vdirsyncer, and khal behind it.
# Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/publish/lib.sh
export HOME=$scratch XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache
export XDG_DATA_HOME=$scratch/data
F=$scratch/F
week one 2026-03-23 2026-03-19
week two 2026-03-23 2026-03-24 cancel=PARK-A@2026-03-26 move=GARDEN-A@2026-03-27:2026-03-29T11:00
week three 2026-03-23 2026-03-25 cancel=PARK-A@2026-03-26
put one "$F" >/dev/null

# A web server for feeds/ alone, on a port of its own choice.
/usr/bin/python3 -u -c '
import functools, http.server, sys
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
print(server.server_address[1])
server.serve_forever()' "$F/feeds" >"$scratch/port" 2>/dev/null &
server=$!
trap 'kill $server; rm -rf "$scratch"' EXIT
for _ in $(seq 100); do [ -s "$scratch/port" ] && break; sleep 0.1; done
url=http://127.0.0.1:$(cat "$scratch/port")/$(basename "$(feed "$F" team)")

cat >"$scratch/vdirsyncer.conf" <<END
[general]
status_path = "$scratch/status/"
[pair web]
a = "there"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage there]
type = "http"
url = "$url"
[storage here]
type = "filesystem"
path = "$scratch/vdir"
fileext = ".ics"
END
cat >"$scratch/khal.conf" <<END
[calendars]
[[roster]]
path = $scratch/vdir
[[imported]]
path = $scratch/imported
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $scratch/khal.db
END
mkdir "$scratch/vdir" "$scratch/imported"
sync() { vdirsyncer -c "$scratch/vdirsyncer.conf" sync web; }
discover() { yes | vdirsyncer -c "$scratch/vdirsyncer.conf" discover web; }
# files N: so many events are here.
files() { [ "$(ls "$scratch/vdir" | wc -l)" = "$1" ] || { ls "$scratch/vdir"; return 1; }; }
import() { khal -c "$scratch/khal.conf" import --batch -a imported "$(feed "$F" team)"; }
# shows LINES [CALENDAR]: what khal lists of the week, times in UTC.
shows() {
    local seen
    seen=$(khal -c "$scratch/khal.conf" list -a "${2:-roster}" --day-format '' \
        --format '{start-date} {start-time} {title}' 2026-03-23 7d | grep -v '^$' | cut -b 1-37)
    [ "$seen" = "$1" ] || { echo "$seen"; return 1; }
}
silent() {
    local said
    said=$(sync 2>&1) || { echo "$said"; return 1; }
    ! grep -qE 'Copying|Deleting' <<<"$said" || { echo "$said"; return 1; }
}
week_one="2026-03-23 09:30 Ŵyl, Tŷ'r; Ysgol \\
2026-03-24 09:30 Park clean-up (PARK)
2026-03-25 09:30 Hospice shop (SHOP):
2026-03-26 09:30 Park clean-up (PARK)
2026-03-27 09:30 Ŵyl, Tŷ'r; Ysgol \\"
check "vdirsyncer finds the feed" discover
check "and fetches it" sync
check "five events" files 5
check "khal shows the week" shows "$week_one"
check "a second time there is nothing to do" silent
check "imported as a file too" import
check "khal shows the same" shows "$week_one" imported
put two "$F" >/dev/null
check "one is cancelled, one moved over the change of the clocks" sync
check "still five events" files 5
week_two="2026-03-23 09:30 Ŵyl, Tŷ'r; Ysgol \\
2026-03-24 09:30 Park clean-up (PARK)
2026-03-25 09:30 Hospice shop (SHOP):
2026-03-26 09:30 CANCELLED: Park clea
2026-03-29 10:00 Ŵyl, Tŷ'r; Ysgol \\"
check "khal shows what changed" shows "$week_two"
check "imported once more over the first" import
check "khal shows what changed there as well" shows "$week_two" imported
put two "$F" >/dev/null
check "the same roster again changes nothing for them" silent
put three "$F" >/dev/null
check "moved back" sync
check "khal shows it" shows "2026-03-23 09:30 Ŵyl, Tŷ'r; Ysgol \\
2026-03-24 09:30 Park clean-up (PARK)
2026-03-25 09:30 Hospice shop (SHOP):
2026-03-26 09:30 CANCELLED: Park clea
2026-03-27 09:30 Ŵyl, Tŷ'r; Ysgol \\"

# Months without a session: the feed keeps its last event, so that it never comes to nothing, which
# vdirsyncer takes for an accident.
jq '.window.from = "2026-06-15" | .as_of = "2026-06-11" | .appointments = []
    | .projects[].sessions[].overrides = []' "$scratch/one.json" >"$scratch/idle.json"
"$fixed" "$scratch/idle.json" >"$scratch/idle.roster.json" || exit 1
put idle "$F" >/dev/null
check "months without a session" sync
check "leave the last event" files 1

finish
