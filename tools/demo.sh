#!/usr/bin/env bash
# demo.sh AMENDS - roster the example of a whole delivery unit into out/ and say where to look.
set -euo pipefail
amends=$1
echo "Making the roster of a week for 500 people. This can take some minutes; Ctrl-C takes the best so far."
"$amends" roster examples/pdu.json -o out
echo
echo "The roster of the week is in out/. Open out/roster.html in a browser;"
echo "out/calendars/ has a calendar for every supervisor, project and person."
