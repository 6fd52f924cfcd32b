#!/usr/bin/env bash
# run-caldav.sh - `amends-publish caldav` against a real Radicale, read back by vdirsyncer into khal,
# and through a proxy that gets into every sort of trouble (caldav_trouble.py).
#
# On this computer alone, at ports that are free. WRAP=valgrind... wraps the program. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build/release}
publish=$BUILD/amends-publish
make -s "$publish" "$BUILD/amends" >/dev/null || exit 1

scratch=$(mktemp -d)
export HOME=$scratch XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache
export XDG_DATA_HOME=$scratch/data no_proxy='*'
unset AMENDS_CALDAV_USER AMENDS_CALDAV_PASSWORD
started=()
stop_all() {
    [ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null
    wait
}
trap 'stop_all; rm -rf "$scratch"' EXIT

# shellcheck source=tests/support/tap.sh
. tests/support/tap.sh

# ---- two rosters of a week and one of a later week, published ----

moved='.as_of = "2026-02-27"
    | (.projects[] | select(.code == "SHOP") | .sessions[0].overrides) =
        [{"date": "2026-03-03", "start": "2026-03-03T10:30"}]
    | (.projects[] | select(.code == "PARK") | .sessions[0].overrides) =
        [{"date": "2026-03-05", "start": "2026-03-05T10:00"},
         {"date": "2026-03-07", "cancelled": true}]'
make_rosters() {
    cp examples/tiny.json "$scratch/one.json" &&
        jq "$moved" examples/tiny.json >"$scratch/two.json" &&
        jq '.as_of = "2026-04-02" | .window.from = "2026-04-06"' examples/tiny.json \
            >"$scratch/three.json" &&
        "$BUILD/amends" roster -q "$scratch/one.json" -o "$scratch/one" &&
        "$BUILD/amends" roster -q "$scratch/two.json" -o "$scratch/two" &&
        "$BUILD/amends" roster -q "$scratch/three.json" -o "$scratch/three"
}
feeds=$scratch/feeds
publish_week() {
    "$publish" folder -q "$scratch/$1.json" "$scratch/$1/roster.json" --to "$feeds" "${@:2}"
}
check "two rosters of a week, and one of a later week" make_rosters
check "the first is published" publish_week one

# ---- a calendar server ----

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir "$scratch/radicale"
printf 'office:correct horse\nother:battery staple\n' >"$scratch/users"
cat >"$scratch/radicale.conf" <<END
[server]
hosts = 127.0.0.1:$port
[auth]
type = htpasswd
htpasswd_filename = $scratch/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = $scratch/radicale
[web]
type = none
END
radicale --config "$scratch/radicale.conf" >"$scratch/radicale.log" 2>&1 &
started+=($!)
answers() { curl -s -o /dev/null "http://127.0.0.1:$port/"; }
for _ in $(seq 200); do answers && break; sleep 0.1; done
check "Radicale answers" answers
make_calendar() {
    [ "$(curl -s -o /dev/null -w '%{http_code}' -u 'office:correct horse' -X MKCALENDAR \
        "http://127.0.0.1:$port/office/$1/")" = 201 ]
}
check "a calendar is made" make_calendar team
url=http://127.0.0.1:$port/office/team/
printf 'office\ncorrect horse\n' >"$scratch/credentials"
printf 'office\nwrong horse\n' >"$scratch/wrong"
chmod 600 "$scratch/credentials" "$scratch/wrong"

# push CODE TEXT ARGUMENT...: ends with CODE, and says TEXT.
push() {
    local expected=$1 text=$2 said code
    shift 2
    # shellcheck disable=SC2086  # WRAP is a command with its options
    said=$(timeout 120 ${WRAP:-} "$publish" caldav --from "$feeds" --retries 0 "$@" 2>&1)
    code=$?
    if [ $code != "$expected" ] || [[ $said != *"$text"* ]] || [[ $said == *horse* ]]; then
        echo "$code: $said"
        return 1
    fi
}
push_team() { push "$1" "$2" "$url" --credentials "$scratch/credentials" "${@:3}"; }
held() { find "$scratch/radicale/collection-root/office/$1" -maxdepth 1 -name '*.ics' | wc -l; }
holds() { [ "$(held "$1")" = "$2" ] || { echo "holds $(held "$1")"; return 1; }; }
team_feed() { cat "$feeds/feeds/$("$publish" list team --in "$feeds" | awk '{print $NF}')"; }

check "a dry run says what it would do" push_team 0 "Would create 6, change 0, delete 0" --dry-run
check "by date and summary" push_team 0 "create 2026-03-03 09:30 Hospice shop" --dry-run
check "and does nothing" holds team 0
check "the first run creates" push_team 0 "6 created, 0 changed, 0 deleted"
check "one resource an event" holds team 6
check "the second run has nothing to do" push_team 0 "0 created, 0 changed, 0 deleted; 6 were"
quiet() {
    local said
    said=$("$publish" caldav "$url" --from "$feeds" --credentials "$scratch/credentials" -q 2>&1) &&
        [ -z "$said" ] || { echo "$said"; return 1; }
}
check "--quiet says nothing" quiet
no_secret() { ! grep -rE 'horse|staple' "$feeds"; }
check "no password is kept" no_secret
private_ledger() {
    [ "$(stat -c %a "$feeds"/caldav/*.ledger)" = 600 ] && [ "$(stat -c %a "$feeds/caldav")" = 700 ]
}
check "the ledger is private" private_ledger
# ---- changes ----

check "a week's changes are published" publish_week two
check "a dry run tells of what moved" push_team 0 "change 2026-03-05 10:00 Park clean-up" -n
check "and of what is off" push_team 0 "change 2026-03-07 09:30 CANCELLED: Park clean-up" -n
check "the changes are sent, and nothing else" push_team 0 "0 created, 3 changed, 0 deleted; 3 were"
check "what is off stays, marked as cancelled" holds team 6

# As a person's calendar program has it: times in UTC, so that a wrong offset is seen.
read_back() {
    mkdir -p "$scratch/seen"
    cat >"$scratch/vdirsyncer.conf" <<END
[general]
status_path = "$scratch/status/"
[pair dav]
a = "there"
b = "here"
collections = ["team"]
[storage there]
type = "caldav"
url = "http://127.0.0.1:$port/office/"
username = "office"
password = "correct horse"
[storage here]
type = "filesystem"
path = "$scratch/seen/"
fileext = ".ics"
END
    cat >"$scratch/khal.conf" <<END
[calendars]
[[roster]]
path = $scratch/seen/team
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
    yes | vdirsyncer -c "$scratch/vdirsyncer.conf" discover dav &&
        vdirsyncer -c "$scratch/vdirsyncer.conf" sync dav
}
khal_shows() {
    local seen
    seen=$(khal -c "$scratch/khal.conf" list --day-format '' \
        --format '{start-date} {start-time} {end-time} {title}' 2026-03-02 7d | grep -v '^$')
    [ "$seen" = "$1" ] || { echo "$seen"; return 1; }
}
check "vdirsyncer reads the calendar" read_back
check "khal shows the week" khal_shows "2026-03-03 09:30 14:30 CANCELLED: Hospice shop (SHOP)
2026-03-03 13:00 16:00 Induction (INDUCT): 1 person
2026-03-04 13:00 16:00 Skills workshop (SKILLS): 1 person
2026-03-05 10:00 17:00 Park clean-up (PARK): 3 people
2026-03-06 09:30 14:30 Hospice shop (SHOP): 1 person
2026-03-07 09:30 16:30 CANCELLED: Park clean-up (PARK)"
silent() {
    local said
    said=$(vdirsyncer -c "$scratch/vdirsyncer.conf" sync dav 2>&1 | grep -v '^Syncing ')
    [ -z "$said" ] || { echo "$said"; return 1; }
}
check "and the next sync is silent" silent
same_uids() {
    diff <(team_feed | grep '^UID:' | sort) \
        <(cat "$scratch"/radicale/collection-root/office/team/*.ics | grep '^UID:' | sort)
}
check "every event is there once" same_uids

# ---- what is lost ----

own_entry() {
    printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b\r\nBEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260304T120000Z\r\nSUMMARY:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' "$2" "$3" |
        curl -s -f -u 'office:correct horse' -X PUT -H 'Content-Type: text/calendar' --data-binary @- "$url$1"
}
check "somebody adds an entry of their own" own_entry lunch.ics lunch Lunch
rm "$feeds"/caldav/*.ledger
check "a lost ledger: the events are sent once more" push_team 0 "0 created, 6 changed, 0 deleted"
check "none is there twice, and the other's entry stays" holds team 7
check "then all is as it should be" push_team 0 "0 created, 0 changed, 0 deleted; 6 were"
sed -i 's/$/x/' "$feeds"/caldav/*.ledger
check "a damaged ledger is told of" push_team 0 "is damaged; the server is asked"
check "and replaced" push_team 0 "0 created, 0 changed, 0 deleted; 6 were"
resource=$(basename "$(find "$scratch/radicale/collection-root/office/team" -maxdepth 1 -name 'amends-*.ics' | sort | head -n 1)")
check "somebody deletes an event" curl -s -f -o /dev/null -u 'office:correct horse' -X DELETE "$url$resource"
check "it comes back" push_team 0 "1 created, 0 changed, 0 deleted; 5 were"
uid=${resource#amends-????????-}
check "somebody changes an event" own_entry "$resource" "${uid%.ics}" Mine
check "it is put right" push_team 0 "0 created, 1 changed, 0 deleted; 5 were"
check "weeks later what is past leaves the feed" publish_week three
check "and the calendar" push_team 0 "6 created, 0 changed, 4 deleted; 2 were"
check "but not the other's entry" test -e "$scratch/radicale/collection-root/office/team/lunch.ics"

# ---- trouble ----

check "another calendar is made" make_calendar trouble
echo ok >"$scratch/mode"
: >"$scratch/requests"
tests/publish/caldav_trouble.py "$port" "$scratch/mode" "$scratch/requests" >"$scratch/proxy" &
started+=($!)
for _ in $(seq 200); do [ -s "$scratch/proxy" ] && break; sleep 0.1; done
front=http://127.0.0.1:$(cat "$scratch/proxy")/office/trouble/
through() { push "$1" "$2" "$front" --credentials "$scratch/credentials" "${@:3}"; }
# Back at the week's beginning there are six events again, none of them sent yet.
rm -rf "$feeds"
check "feeds of a new folder" publish_week one
# Neither the calendar nor we know anything.
start_anew() {
    find "$scratch/radicale/collection-root/office/trouble" -maxdepth 1 -name '*.ics' -delete
    rm -rf "$feeds/caldav"
}
# trouble MODE TEXT: with that trouble the push fails and says TEXT, and the next heals it: as many
# resources as events, each as it should be.
trouble() {
    start_anew
    echo "$1" >"$scratch/mode"
    through 1 "$2" --timeout "$([[ $1 == *hang ]] && echo 5 || echo 60)" || return 1
    echo ok >"$scratch/mode"
    through 0 "created" && holds trouble 6 && through 0 "6 were as they should be"
}
check "401 at once" trouble "0 401" "user name and password"
check "401 half-way" trouble "3 401" "2 of 6 changes were made"
check "403 at once" trouble "0 403" "does not allow"
check "403 half-way" trouble "3 403" "does not allow"
check "404 at once" trouble "0 404" "no calendar at this address"
check "404 half-way" trouble "3 404" "nothing at this address"
check "409 half-way" trouble "3 409" "conflict"
check "412 half-way" trouble "3 412" "keeps changing"
check "413 for one" trouble "3 once 413" "5 of 6 changes were made"
check "500 half-way" trouble "3 500" "in trouble"
check "503 half-way" trouble "3 503" "2 of 6 changes were made"
check "503 with a long wait" trouble "3 503 3600" "left alone for 3600 seconds"
check "507 half-way" trouble "3 507" "no room"
check "no answer at once" trouble "0 hang" "no answer"
check "no answer half-way" trouble "3 hang" "2 of 6 changes were made"
check "an answer that breaks off, at once" trouble "0 half" "no answer"
check "an answer that breaks off, half-way" trouble "3 half" "no answer"
check "done, but the connection ends" trouble "3 mute" "2 of 6 changes were made"
check "a page for signing in" trouble "0 html" "no multistatus"
check "XML that would fill the memory" trouble "0 bomb" "document type"
check "XML with entities half-way is not looked at" trouble "3 bomb" ""

patient() { # patient MODE: a trouble that passes, within one run
    start_anew
    echo "$1" >"$scratch/mode"
    through 0 "6 created" --retries 2 && holds trouble 6 && through 0 "6 were as they should be"
}
check "a 503 that passes is waited for" patient "3 once 503 1"
check "so is an answer that does not come" patient "3 once mute"

# Sent on to another server, which writes down what it is asked.
: >"$scratch/elsewhere"
echo ok >"$scratch/mode2"
tests/publish/caldav_trouble.py "$port" "$scratch/mode2" "$scratch/elsewhere" >"$scratch/proxy2" &
started+=($!)
for _ in $(seq 200); do [ -s "$scratch/proxy2" ] && break; sleep 0.1; done
check "a redirection to another server" trouble \
    "0 elsewhere http://127.0.0.1:$(cat "$scratch/proxy2")/office/trouble/" "another server"
check "is not followed" test ! -s "$scratch/elsewhere"
check "nor is one half-way" trouble \
    "3 elsewhere http://127.0.0.1:$(cat "$scratch/proxy2")/office/trouble/" "another address"
check "at all" test ! -s "$scratch/elsewhere"
check "every request had credentials" test "$(grep -c ' -$' "$scratch/requests")" = 0

nobody_there() {
    local gone
    gone=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    push 1 "no answer" "http://127.0.0.1:$gone/office/team/" --credentials "$scratch/credentials"
}
check "nobody at the address" nobody_there
killed() { # kill -9 while it sends, at some moment; the next run heals
    local i
    for i in 0.05 0.1 0.2 0.3; do
        start_anew
        timeout -s KILL "$i" "$publish" caldav "$front" --from "$feeds" \
            --credentials "$scratch/credentials" >/dev/null 2>&1
        through 0 "deleted" && holds trouble 6 && through 0 "6 were as they should be" || return 1
    done
}
check "killed while it sends" killed
full_disk() {
    start_anew
    (ulimit -f 0; through 1 "ledger: cannot be written") || return 1
    through 0 "0 created, 6 changed" && holds trouble 6 && through 0 "6 were as they should be"
}
check "a full disk" full_disk
interrupted() {
    local pid code
    rm -rf "$feeds/caldav"
    echo "1 hang" >"$scratch/mode"
    "$publish" caldav "$front" --from "$feeds" --credentials "$scratch/credentials" \
        >"$scratch/said" 2>&1 &
    pid=$!
    sleep 1
    kill -INT "$pid"
    wait "$pid"
    code=$?
    echo ok >"$scratch/mode"
    [ $code = 1 ] && grep -q stopped "$scratch/said" || { echo "$code"; cat "$scratch/said"; return 1; }
}
check "interrupted, it stops and says so" interrupted
two_at_once() {
    local pid code
    echo "0 hang" >"$scratch/mode"
    "$publish" caldav "$front" --from "$feeds" --credentials "$scratch/credentials" --retries 0 \
        --timeout 8 >/dev/null 2>&1 &
    pid=$!
    sleep 1
    through 1 "another run"
    code=$?
    wait "$pid"
    echo ok >"$scratch/mode"
    return $code
}
check "two runs for one calendar at once" two_at_once

# ---- credentials and the command line ----

check "a wrong password" push 1 "user name and password" "$url" --credentials "$scratch/wrong"
check "no password" push 1 "user name and password" "$url"
with_environment() {
    AMENDS_CALDAV_USER=office AMENDS_CALDAV_PASSWORD='correct horse' push 0 "" "$url" -n
}
check "one from the environment" with_environment
check "another user's calendar" push 1 "calendar" "http://127.0.0.1:$port/other/team/" \
    --credentials "$scratch/credentials"
check "what is no calendar" push 1 "no calendar" "http://127.0.0.1:$port/office/" \
    --credentials "$scratch/credentials"
chmod 644 "$scratch/credentials"
check "a password that others can read is refused" push_team 1 "chmod 600"
chmod 600 "$scratch/credentials"
check "a password in the address is refused" push 1 "put them into a file" \
    "http://office:horses@127.0.0.1:$port/office/team/"
check "without TLS to another computer" push 1 "https://" "http://192.0.2.1/office/team/" \
    --credentials "$scratch/credentials"
check "a feed that is not there" push_team 1 "nobody" --feed nobody
check "a timeout is a number" push 2 "--timeout" "$url" --timeout soon
check "an address is needed" push 2 "Usage"

finish
