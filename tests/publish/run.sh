#!/usr/bin/env bash
# run.sh - amends-publish folder, list, rotate and revoke, as they are used. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/publish/lib.sh

all=(--only "team,supervisors,projects,people")
F=$scratch/F
week one 2026-03-02 2026-02-26
week two 2026-03-02 2026-03-03 cancel=PARK-A@2026-03-05 lead=GARDEN-A@2026-03-06:SV1 \
    move=SHOP-A@2026-03-04:2026-03-04T10:30 skip=X700002@PARK-A@2026-03-03
week back 2026-03-02 2026-03-04
week next 2026-03-09 2026-03-05

# ---- the same roster, the same bytes ----
same() { [ "$(bytes "$1")" = "$(bytes "$2")" ] || diff <(bytes "$1") <(bytes "$2"); }
untouched() { [ "$(find "$F" -newer "$scratch/stamp" -name '*.ics*')" = "" ]; }
one_of_each() { [ "$("$publish" list --in "$F" | wc -l)" = 12 ]; }
check "a first roster" put one "$F" "${all[@]}"
check "a feed for the team, each supervisor, project and person" one_of_each
check "as readers need them" feeds "$F" "$scratch/state"
copy "$F" "$scratch/first"
touch "$scratch/stamp"
check "the same roster again" put one "$F" "${all[@]}"
check "gives the same bytes" same "$F" "$scratch/first"
check "and leaves the files alone" untouched

# ---- what changes ----
# holds FEED PATTERN...: its events, unfolded, hold each of these.
holds() {
    local text pattern name=$1
    shift
    text=$(sed -e 's/\r$//' "$(feed "$F" "$name")" | sed -e ':a;N;$!ba;s/\n //g')
    for pattern in "$@"; do
        grep -qE "$pattern" <<<"$text" || { echo "no $pattern in"; echo "$text"; return 1; }
    done
}
lacks() { not holds "$@"; }
sequences() { sed -n 's/^SEQUENCE:\([0-9]*\)\r$/\1/p' "$(feed "$F" "$1")" | tr '\n' ' '; }
sequences_are() { [ "$(sequences "$1")" = "$2" ] || { sequences "$1"; return 1; }; }
changed() { # one event: SEQUENCE + 1, stamps of the new data, the rest as before
    holds project:SHOP '^SEQUENCE:1$' '^DTSTAMP:20260303T000000Z$' '^LAST-MODIFIED:20260303T000000Z$' \
        'DTSTART;TZID=Europe/London:20260304T103000'
}
check "a changed roster" put two "$F" "${all[@]}"
check "goes on from the first as it should" feeds "$F" "$scratch/state"
check "a session that was moved has a higher SEQUENCE and new stamps" changed
check "a cancelled one is a tombstone" holds project:PARK '^STATUS:CANCELLED$' \
    '^SUMMARY:CANCELLED: Park clean-up \(PARK\)$' '^TRANSP:TRANSPARENT$'
check "a supervisor who was swapped has a tombstone" holds supervisor:SV2 '^STATUS:CANCELLED$'
check "the other one a new event" sequences_are supervisor:SV1 "1 1 0 "
check "a person who was moved has a tombstone" holds person:X700002 '^SUMMARY:CANCELLED: Appointment$'
copy "$F" "$scratch/second"
check "the same again" put two "$F" "${all[@]}"
check "gives the same bytes again" same "$F" "$scratch/second"
check "what was cancelled comes back" put back "$F" "${all[@]}"
check "under its UID, with a higher SEQUENCE" feeds "$F" "$scratch/state"
check "and is no longer cancelled" sequences_are project:PARK "2 2 "
check "a week later" put next "$F" "${all[@]}"
check "the week before is still there" feeds "$F" "$scratch/state"
eight() { [ "$(grep -c BEGIN:VEVENT "$(feed "$F" team)")" = 10 ]; }
check "both weeks in the team's feed" eight

# ---- privacy ----
nobody_named() { ! grep -rE 'Quillfeather|Inkpen|Marsh|Brook|Vane|Pell|Overton|Underhill' "$1"; }
no_crn() { ! grep -rE 'X7000' "$1"; }
only_hashes() { ! grep -F "$(basename "$(feed "$F" team)" .ics)" "$F/ledger.json"; }
unzipped() { for zipped in "$F"/feeds/*.gz; do zcat "$zipped" || return 1; done >"$scratch/plain/all"; }
mkdir "$scratch/plain"
check "no name in any feed" nobody_named "$F/feeds"
check "nobody's case reference either" no_crn "$F/feeds"
check "the gzipped ones can be read" unzipped
check "and name nobody" nobody_named "$scratch/plain"
check "nor any case" no_crn "$scratch/plain"
check "the ledger holds no address" only_hashes
check "nor names" nobody_named "$F/ledger.json"
check "--detail crn warns" says "warning: with --detail crn" 0 put next "$scratch/crn" --detail crn
crn=$scratch/crn
with_crn() { grep -q X700002 "$(feed "$crn" SV1)" && ! grep -q X700002 "$(feed "$crn" team)"; }
limited_counted() { ! grep -r X700006 "$crn/feeds" && grep -q '1 limited-access case' "$(feed "$crn" SV1)"; }
check "and tells supervisors alone" with_crn
check "limited-access cases are counted there" limited_counted

# ---- who may read ----
modes() { [ "$(find "$1" "${@:3}" -printf '%m\n' | sort -u | tr '\n' ' ')" = "$2" ] || ls -lR "$1"; }
check "folders are private" modes "$F" "700 " -type d
check "files are private" modes "$F" "600 " -type f
if [ "$(id -u)" = 0 ]; then group=daemon; else group=$(id -gn); fi
G=$scratch/G
check "with a group" put one "$G" --group "$group"
group_reads() {
    [ "$(stat -c '%a %G' "$G" "$G/feeds" "$G/revoked" | sort -u)" = "750 $group" ] &&
        [ "$(stat -c '%a %G' "$G"/feeds/* | sort -u)" = "640 $group" ] &&
        [ "$(stat -c %a "$G/ledger.json" "$G/key" | sort -u)" = 600 ]
}
check "the group reads feeds and nothing else" group_reads
check "a later run needs not be told" put two "$G"
check "and keeps to it" group_reads
check "a group that is not there" says "there is no group" 2 put one "$G" --group no-such-group

# ---- addresses ----
old=$(feed "$F" team)
fits() { [[ $(basename "$(feed "$F" "$1")") =~ ^[0-9a-f]{64}\.ics$ ]]; }
moved() {
    [ ! -e "$old" ] && [ ! -e "$old.gz" ] && [ -e "$F/revoked/$(basename "$old" .ics)" ] &&
        cmp "$scratch/team.ics" "$(feed "$F" team)"
}
cp "$old" "$scratch/team.ics"
check "an address is 256 bits" fits team
check "with a URL before it" says "https://x.example/feeds/$(basename "$old")" 0 \
    "$publish" list team --in "$F" --url https://x.example/feeds
check "rotate" says ".ics" 0 "$publish" rotate team --in "$F"
check "moves the feed and takes the old address back" moved
check "the next run keeps the new address" put next "$F" "${all[@]}"
check "byte for byte" cmp "$scratch/team.ics" "$(feed "$F" team)"
gone=$(feed "$F" SV2)
check "revoke" says "supervisor:SV2  revoked" 0 "$publish" revoke SV2 --in "$F"
check "says so in the list" says "revoked" 0 "$publish" list SV2 --in "$F"
taken_back() { [ ! -e "$gone" ] && [ -e "$F/revoked/$(basename "$gone" .ics)" ]; }
check "removes the feed" taken_back
check "which stays away" says "revoked         1, not published" 0 put next "$F" "${all[@]}"
check "until it is rotated" says "gets a new address" 0 "$publish" rotate SV2 --in "$F"
check "and published" put next "$F" "${all[@]}"
check "at a new address" fits SV2
check "an unknown feed" says "did you mean supervisor:SV" 1 "$publish" rotate supervisor:SV3 --in "$F"
check "errors hide addresses" not grep -rqE '[0-9a-f]{64}' <("$publish" revoke X --in "$F" 2>&1)

# ---- a ledger that is lost, damaged, too new ----
lost() { # lost HOW: publish without the ledger, and get the same feeds and the same ledger
    copy "$scratch/second" "$scratch/lost"
    eval "$1"
    put two "$scratch/lost" "${all[@]}" && same "$scratch/lost" "$scratch/second"
}
check "a lost ledger is rebuilt" lost 'rm "$scratch/lost/ledger.json"'
check "a damaged one" lost 'sed -i s/PARK/PORK/ "$scratch/lost/ledger.json"'
check "one cut short" lost 'truncate -s 700 "$scratch/lost/ledger.json"'
check "an empty one" lost ': >"$scratch/lost/ledger.json"'
check "a lost key comes back from the ledger" lost 'rm "$scratch/lost/key"'
check "damage is said" says "its checksum does not agree" 0 lost \
    'sed -i s/PARK/PORK/ "$scratch/lost/ledger.json"'
check "rotate refuses a damaged one" says "amends-publish folder' rebuilds it" 1 eval \
    'sed -i s/PARK/PORK/ "$scratch/lost/ledger.json"; "$publish" rotate team --in "$scratch/lost"'
check "both lost: nothing is guessed" says "both lost" 1 lost \
    'rm "$scratch/lost/ledger.json" "$scratch/lost/key"'
kept_revoked() {
    copy "$scratch/second" "$scratch/lost"
    "$publish" revoke SV2 --in "$scratch/lost" && rm "$scratch/lost/ledger.json"
    put two "$scratch/lost" "${all[@]}" && "$publish" list SV2 --in "$scratch/lost" | grep -q revoked
}
check "what was revoked stays so" kept_revoked
newer() {
    copy "$scratch/second" "$scratch/newer"
    sed -i 's|amends-ledger/1|amends-ledger/2|' "$scratch/newer/ledger.json"
    bytes "$scratch/newer" >"$scratch/newer.bytes"
    says "written by a newer version" 1 put two "$scratch/newer" &&
        diff "$scratch/newer.bytes" <(bytes "$scratch/newer")
}
check "a newer ledger is refused and kept" newer
newer_folder() {
    copy "$scratch/second" "$scratch/newer"
    echo amends-feeds/2 >"$scratch/newer/amends-feeds"
    says "made by a newer version" 1 put two "$scratch/newer"
}
check "a newer folder too" newer_folder

# ---- a feed that is lost or damaged ----
mended() {
    local token
    copy "$scratch/second" "$scratch/mended"
    token=$(basename "$(feed "$scratch/mended" project:PARK)")
    truncate -s 300 "$scratch/mended/feeds/$token"
    says "was damaged; it is written anew" 0 put two "$scratch/mended" "${all[@]}" &&
        [ "$(grep -c BEGIN:VEVENT "$scratch/mended/feeds/$token")" = 1 ] && feeds "$scratch/mended"
}
check "a damaged feed is written anew at its address" mended
readdressed() {
    copy "$scratch/second" "$scratch/mended"
    rm "$(feed "$scratch/mended" project:PARK)"
    says "project:PARK" 0 put two "$scratch/mended" "${all[@]}" && feeds "$scratch/mended"
}
check "a lost one gets a new address, and that is said" readdressed

# ---- what is refused ----
jq '.as_of = "2026-02-25"' "$scratch/one.json" >"$scratch/other.json"
cp "$scratch/one.roster.json" "$scratch/other.roster.json"
jq '.appointments[0].minutes = 240' "$scratch/two.roster.json" >"$scratch/broken.roster.json"
cp "$scratch/two.json" "$scratch/broken.json"
bytes "$F" >"$scratch/before"
unchanged() { diff "$scratch/before" <(bytes "$F"); }
check "a roster of another caseload" says "was made from another caseload" 1 put other "$F"
check "a roster that breaks a rule" says "so nothing is published" 3 put broken "$F"
check "a time that is none" says "expected clock or a time" 2 put two "$F" --now yesterday
check "a time after the roster's last day" says "after the last day" 1 put two "$F" \
    --now 2026-04-01T00:00:00Z
mkdir "$scratch/theirs"
echo hello >"$scratch/theirs/letter.txt"
check "a folder that is not ours" says "not a folder of amends-publish" 1 put two "$scratch/theirs"
check "which stays as it is" [ "$(ls -A "$scratch/theirs")" = letter.txt ]
check "a file in the way" says "letter.txt" 1 put two "$scratch/theirs/letter.txt"
check "no folder to list" says "no-such" 1 "$publish" list --in "$scratch/no-such"
check "nothing of all this changed the feeds" unchanged

# ---- who has left ----
week without 2026-03-02 2026-03-03 gone=SV2
week later 2026-03-30 2026-03-26 gone=SV2
L=$scratch/L
put one "$L" >/dev/null
left=$(feed "$L" SV2)
check "somebody has left" put without "$L"
check "what was to come is cancelled" says 1 0 grep -c STATUS:CANCELLED "$left"
check "five weeks later" says "taken back      1" 0 put later "$L" --now 2026-04-05T00:00:00Z
check "the address is taken back" [ ! -e "$left" ]

finish
