#!/usr/bin/python3
"""thunderbird.py - our feeds and files in Thunderbird, without a window. Prints TAP.

It subscribes to what amends-publish serves, sees a session moved and another cancelled, imports
files with hostile strings and in the weeks of the clock changes, and subscribes to 5,000 events.
Needs BUILD (build/release) to be built; `make test-thunderbird` sees to it. Slow, and so outside
`make test`.
"""
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build/release"))
os.environ["BUILD"] = BUILD
sys.path += [HERE, os.path.join(ROOT, "tests/calendars")]

from marionette import Thunderbird  # noqa: E402
from read_strings import HOSTILE, WEEKS, expected  # noqa: E402
from readers import by_icalendar, write  # noqa: E402

CALENDAR = """
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
"""
SUBSCRIBE = CALENDAR + """
const calendar = cal.manager.createCalendar("ics", Services.io.newURI(args[0]));
calendar.name = "feed";
cal.manager.registerCalendar(calendar);
return calendar.id;
"""
REFRESH = CALENDAR + "cal.manager.getCalendarById(args[0]).refresh();"
ITEMS = CALENDAR + """
const calendar = cal.manager.getCalendarById(args[0]);
const items = await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null);
const stamp = (time) => {
  const text = time.getInTimezone(cal.dtz.UTC).icalString;
  return text.replace(/^(....)(..)(..)T(..)(..)00Z$/, "$1-$2-$3T$4:$5Z");
};
return items.map((item) => [item.title ?? "", item.getProperty("LOCATION") ?? "",
  item.getProperty("DESCRIPTION") ?? "", stamp(item.startDate), stamp(item.endDate),
  item.status ?? ""]);
"""
IMPORT = CALENDAR + """
const { CalendarFileImporter } =
  ChromeUtils.importESModule("resource:///modules/CalendarFileImporter.sys.mjs");
const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
file.initWithPath(args[0]);
const calendar = cal.manager.createCalendar("memory", Services.io.newURI("moz-memory-calendar://"));
calendar.name = "imported";
cal.manager.registerCalendar(calendar);
const importer = new CalendarFileImporter();
const items = await importer.parseIcsFile(file);
await importer.startImport(items, calendar);
return calendar.id;
"""
PATIENCE_S = 120


class Tests:
    def __init__(self):
        self.count = self.failed = 0

    def check(self, text, found, wanted):
        self.count += 1
        good = found == wanted
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {text}", flush=True)
        if not good:
            print(f"# found    {json.dumps(found)[:2000]}\n# expected {json.dumps(wanted)[:2000]}")


def wait_for(thunderbird, calendar, good):
    """The items, as soon as they are good; what there is when patience ends."""
    end = time.monotonic() + PATIENCE_S
    while True:
        items = sorted(tuple(item) for item in thunderbird.run(ITEMS, calendar))
        if good(items) or time.monotonic() > end:
            return items
        time.sleep(0.5)


# ---- what amends-publish keeps and serves ----

class Feeds:
    def __init__(self, folder):
        self.folder, self.server = folder, None
        with open(os.path.join(ROOT, "examples/tiny.json"), encoding="utf-8") as file:
            self.caseload = json.load(file)

    def __enter__(self):
        self.publish()
        self.server = subprocess.Popen(
            [f"{BUILD}/amends-publish", "serve", "--from", f"{self.folder}/feeds", "--listen",
             "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.url = re.search(r"http://\S+", self.server.stdout.readline())[0]
        threading.Thread(target=self.server.stdout.read, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()

    def run(self, *command):
        return subprocess.run([f"{BUILD}/{command[0]}", *command[1:]], check=True, text=True,
                              cwd=self.folder, stdout=subprocess.PIPE).stdout

    def publish(self):
        with open(f"{self.folder}/caseload.json", "w", encoding="utf-8") as file:
            json.dump(self.caseload, file)
        self.run("amends", "roster", "-q", "caseload.json", "-o", "made")
        self.run("amends-publish", "folder", "-q", "caseload.json", "made/roster.json", "--to",
                 "feeds")

    def address(self, feed):
        said = self.run("amends-publish", "list", feed, "--in", "feeds", "--url", self.url)
        return re.search(r"http://\S+", said)[0]

    def events(self, feed):
        """What the file says, by another reader; cancelled or not."""
        name = self.address(feed).rsplit("/", 1)[1]
        path = f"{self.folder}/feeds/feeds/{name}"
        return sorted(event + ("CANCELLED" if event[0].startswith("CANCELLED: ") else "CONFIRMED",)
                      for event in by_icalendar(path))

    def override(self, project, session, change):
        for given in self.caseload["projects"]:
            for definition in given["sessions"]:
                if given["code"] == project and definition["id"] == session:
                    definition.setdefault("overrides", []).append(change)


def subscription(tests, thunderbird, folder):
    with Feeds(folder) as feeds:
        feed = "team"
        first = feeds.events(feed)
        calendar = thunderbird.run(SUBSCRIBE, feeds.address(feed))
        tests.check("a feed is shown as it is",
                    wait_for(thunderbird, calendar, lambda items: items == first), first)
        tests.check("and is not empty", len(first) > 2, True)

        feeds.caseload["as_of"] = "2026-02-27"
        feeds.override("SHOP", "SHOP-A", {"date": "2026-03-06", "start": "2026-03-06T10:30"})
        feeds.publish()
        moved = feeds.events(feed)
        thunderbird.run(REFRESH, calendar)
        items = wait_for(thunderbird, calendar, lambda items: items == moved)
        tests.check("a session that moved is shown where it is now", items, moved)
        tests.check("an hour later", [item[3] for item in items if item[3][:10] == "2026-03-06"],
                    ["2026-03-06T10:30Z"])

        feeds.caseload["as_of"] = "2026-02-28"
        feeds.override("PARK", "PARK-A", {"date": "2026-03-07", "cancelled": True})
        feeds.publish()
        cancelled = feeds.events(feed)
        thunderbird.run(REFRESH, calendar)
        items = wait_for(thunderbird, calendar, lambda items: items == cancelled)
        tests.check("a session that is off is shown as cancelled", items, cancelled)
        tests.check("and says so in its title",
                    [item[5] for item in items if item[0].startswith("CANCELLED: ")],
                    ["CANCELLED"])


# ---- files ----

def imports(tests, thunderbird, folder):
    values = [value if isinstance(value, bytes) else value.encode() for value, _ in HOSTILE]
    back = [given if wanted is None else wanted for given, wanted in HOSTILE]
    calendar = thunderbird.run(IMPORT, write(f"{folder}/hostile", "2027-06-07", values))
    found = sorted(tuple(item[:3]) for item in thunderbird.run(ITEMS, calendar))
    tests.check("hostile strings come back exactly", found,
                sorted(expected(index, value) for index, value in enumerate(back)))
    for monday, hours in WEEKS.items():
        path = write(f"{folder}/{monday}", monday, [b"%d" % day for day in range(7)])
        items = thunderbird.run(ITEMS, thunderbird.run(IMPORT, path))
        tests.check(f"half past nine in the week of {monday}",
                    " ".join(time[11:16] for time in sorted(item[3] for item in items)), hours)


# ---- 5,000 events, from a plain server ----

class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {".ics": "text/calendar; charset=utf-8"}

    def log_message(self, *_):
        pass


def many(tests, thunderbird, folder):
    path = write(f"{folder}/many", "2027-06-07", [b"event %d" % i for i in range(5000)])
    handler = functools.partial(Quiet, directory=os.path.dirname(path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/{os.path.basename(path)}"
        calendar = thunderbird.run(SUBSCRIBE, url)
        items = wait_for(thunderbird, calendar, lambda items: len(items) == 5000)
        server.shutdown()
    tests.check("5,000 events are 5,000 events", len(set(items)), 5000)


def main():
    tests = Tests()
    with tempfile.TemporaryDirectory(prefix="amends-thunderbird-") as folder:
        with Thunderbird(f"{folder}/profile", f"{folder}/log") as thunderbird:
            print("# Thunderbird " + thunderbird.run("return Services.appinfo.version;"))
            subscription(tests, thunderbird, folder)
            imports(tests, thunderbird, folder)
            many(tests, thunderbird, folder)
    print(f"1..{tests.count}")
    return 1 if tests.failed else 0


if __name__ == "__main__":
    sys.exit(main())
