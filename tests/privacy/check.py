#!/usr/bin/env python3
"""What every command tells of whom. Prints TAP. Usage: check.py AMENDS ROOT

A canary caseload has a text of its own in every field; every output of every command is searched
for all of them, and what is found is held against allowed.py. A hostile caseload has attacks in
place of texts; its outputs are read back by what would be attacked: a browser, a reader of CSV,
a reader of iCalendar."""

import csv
import fnmatch
import gzip
import html.parser
import io
import json
import os
import pty
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unicodedata
import xml.etree.ElementTree

import icalendar

import allowed
import caseloads

AMENDS, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
PUBLISH = os.path.join(os.path.dirname(AMENDS), "amends-publish")
results = []


def test(name, faults):
    """One line of TAP; faults say what is wrong."""
    results.append(not faults)
    for fault in faults[:20]:
        print("# " + ascii(fault)[1:-1])
    print(f"{'ok' if not faults else 'not ok'} {len(results)} - {name}", flush=True)


def run(program, *arguments, code=0, **more):
    """Standard output and error of a run that must end with this code (None: any)."""
    done = subprocess.run([program, *arguments], capture_output=True, timeout=900, **more)
    if code is not None and done.returncode != code:
        raise SystemExit(f"{program} {' '.join(map(ascii, arguments))}: {done.returncode}, expected "
                         f"{code}: {ascii(done.stderr[:2000])}")
    return (done.stdout + done.stderr).decode("utf-8")


def amends(*arguments, **more):
    return run(AMENDS, *arguments, **more)


def publish(*arguments, **more):
    return run(PUBLISH, *arguments, **more)


def write(path, value):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(value if isinstance(value, str) else json.dumps(value))


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def files_of(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder)
                  for at, _, names in os.walk(folder) for name in names)


# ---- canaries ----

def points():
    """Each point of the canary caseload in its two forms, by class."""
    caseload = caseloads.canary()
    for place in caseload["places"]:
        kind = "homepoint" if place["id"].startswith("Qzhome") else "sitepoint"
        yield kind, place
    yield "homepoint", next(p["home"] for p in caseload["people"] if isinstance(p["home"], dict))


def canaries_in(text):
    """The classes of canaries found, however the output escapes or folds them."""
    plain = html.unescape(text.replace("\r\n ", ""))
    found = set(re.findall("Qz([a-z]+)", plain))
    for kind, place in points():
        if any(f"{abs(place[k]):.5f}" in plain or str(int(abs(place[k]) * 1e6)) in plain
               for k in ("lat", "lon")):
            found.add(kind)
    return found


def row_of(path):
    for pattern, classes in allowed.ROWS:
        if fnmatch.fnmatch(path, pattern):
            return pattern, classes
    return None, set()


def judge(where, path, text, detail="count"):
    pattern, classes = row_of(path)
    permitted = classes | allowed.DETAIL[detail].get(pattern, set())
    return [f"{where}: {path}: {kind}" for kind in sorted(canaries_in(text + " " + path) - permitted)]


seen = {}  # (row, detail): classes found


def note(path, text, detail):
    seen.setdefault((row_of(path)[0], detail), set()).update(canaries_in(text))


def judge_folder(folder, detail):
    faults = []
    for path in files_of(folder):
        text = read(os.path.join(folder, path))
        faults += judge(folder, path, text, detail)
        note(path, text, detail)
    return faults


def test_canaries():
    write("c.json", caseloads.canary())
    write("key", "a secret")
    for detail in ("count", "crn", "names"):
        told = amends("roster", "c.json", "-o", detail, "--detail", detail, "-v")
        test(f"a roster with --detail {detail} tells no more than it may", judge_folder(detail, detail))
        test(f"its summary and log with --detail {detail} name nobody",
             judge("roster", "other", told, detail))
        again = f"again-{detail}"
        told = amends("calendars", "c.json", f"{detail}/roster.json", "-o", again, "--detail", detail,
                      "--key", "key", "--alarm", "60", "--method", "publish", "--organizer",
                      "team@example.org", "--registers")
        test(f"calendars with --detail {detail} tell no more than they may",
             judge_folder(again, detail) + judge("calendars", "other", told, detail))
    faults = []
    for model in ("patterns", "compact"):
        text = amends("roster", "c.json", "--model", model, "-q")
        faults += judge(model, "roster.json", text)
    test("a roster on standard output tells what roster.json tells", faults)
    text = amends("check", "c.json")
    note("check", text, "count")
    test("check names cases and codes alone", judge("check", "check", text))
    text = amends("audit", "c.json", "crn/roster.json")
    note("audit", text, "count")
    test("an audit names cases and codes, and no fact of a restriction", judge("audit", "audit", text))
    test_scenarios()
    test_questions()
    test_forecasts()
    test_feeds()
    test_broken_roster()
    test_progress()
    test_exports()
    test_credit()
    test_redaction()


def test_scenarios():
    base = caseloads.canary()
    project, session = base["projects"][0], base["projects"][0]["sessions"][0]
    write("closed.json", {"format": "amends-scenario/1", "name": "closed", "verbs": [
        {"verb": "close_project", "project": project["code"]}]})
    write("candidates.json", {"format": "amends-candidates/1", "candidates": [
        {"name": "more", "cost_pounds": 5, "verbs": [
            {"verb": "add_session", "id": "more", "like": session["id"]}]}]})
    sweep = ("--sweep", f"add_places:{project['code']}=0..1")
    text = amends("scenario", "c.json", "closed.json", *sweep, "--people", "-o", "what-if")
    text += amends("scenario", "c.json", "--open", "candidates.json", "--budget", "5", "-o", "to-open")
    amends("scenario", "c.json", "closed.json", *sweep, "--task", "1/1", "-o", "what-if")
    note("scenario", text, "count")
    test("scenarios, sweeps, openings and slices name cases and codes alone",
         judge("scenario", "scenario", text) + judge_folder("what-if", "count") +
         judge_folder("to-open", "count"))


def test_forecasts():
    for detail in ("crn", "names"):
        folder = f"year-{detail}"
        told = amends("forecast", "c.json", "-o", folder, "--detail", detail, "--futures", "5")
        note("year", told, detail)
        test(f"a forecast with --detail {detail} tells no more than it may",
             judge_folder(folder, detail) + judge("forecast", "year", told, detail))


def test_questions():
    text = amends("prices", "c.json", "crn/roster.json", "-o", "prices")
    note("prices", text, "count")
    test("prices name nobody", judge("prices", "prices", text) + judge_folder("prices", "count"))
    person = {**caseloads.canary()["people"][3], "crn": "Qzlcrn99"}
    write("person.json", person)
    for form in ("--moves", "--json"):
        text = amends("offer", "c.json", "crn/roster.json", "person.json", form)
        note("offer", text, "count")
        test(f"an offer with {form} names cases and codes alone", judge("offer", "offer", text))
    text = explanations("c.json", "crn/roster.json")
    note("explain", text, "count")
    test("explanations name cases and codes, and no fact of a restriction",
         judge("explain", "explain", text))
    test_for_person("c.json", "crn/roster.json")


def cases_in(text):
    return set(re.findall(r"Qzl?crn\d+", text))


def test_for_person(caseload, roster):
    """What is given to a person names nobody else; the same for the team does, or nothing is shown."""
    faults, others = [], 0
    for person in caseloads.canary()["people"]:
        for form in ((), ("--json",), ("--all",), ("--all", "--json")):
            asked = ("explain", caseload, roster, "--person", person["crn"], *form)
            text = amends(*asked, "--for-person")
            faults += judge(" ".join(asked), "explain", text)
            faults += [f"{person['crn']} {form}: {crn}" for crn in sorted(cases_in(text) - {person["crn"]})]
            faults += [] if person["crn"] in text else [f"{person['crn']} {form}: not about them"]
            others += len(cases_in(amends(*asked)) - {person["crn"]})
    test("explanations for a person name nobody else",
         faults + ([] if others else ["nor do those for the team: nothing is shown"]))


def explanations(caseload, roster):
    """Of everybody, of some sessions and supervisors, of every rule; in text and in JSON."""
    told, made, given = "", json.loads(read(roster)), json.loads(read(caseload))
    asked = [("--person", person["crn"]) for person in given["people"][:12]]
    asked += [("--session", f"{s['session']}@{s['original_date']}") for s in made["sessions"][:4]]
    asked += [("--supervisor", who["code"]) for who in given["supervisors"][:2]] + [("--rule", "all")]
    for question in asked:
        told += amends("explain", caseload, roster, *question)
        told += amends("explain", caseload, roster, *question, "--json")
    return told


def feeds_of(folder):
    """Each feed's kind and file, as the list has them."""
    for line in publish("list", "--in", folder).splitlines():
        name, address = line.rsplit(None, 1)
        yield name.split(":")[0].strip(), os.path.join(folder, "feeds", address)


def test_feeds():
    for detail in ("count", "crn", "names"):
        folder = f"feeds-{detail}"
        told = publish("folder", "c.json", f"{detail}/roster.json", "--to", folder, "--detail", detail,
                       "--only", "team,supervisors,projects,people")
        told += publish("list", "--in", folder)
        faults = judge("publish", "publish", told)
        note("publish", told, detail)
        for kind, path in feeds_of(folder):
            row, text = f"feeds/{kind}", read(path)
            note(row, text, detail)
            faults += judge(folder, row, text, detail)
            with gzip.open(path + ".gz", "rt", encoding="utf-8", newline="") as packed:
                faults += [] if packed.read() == text else [f"{path}.gz differs"]
        names = " ".join(files_of(folder))
        faults += [f"{folder}: names of files: {kind}" for kind in canaries_in(names)]
        ledger = read(folder + "/ledger.json")
        note("ledger.json", ledger, detail)
        faults += judge(folder, "ledger.json", ledger, detail)
        test(f"feeds with --detail {detail} tell no more than they may", faults)
    told = publish("rotate", "person:Qzlcrn4", "--in", "feeds-crn")
    told += publish("revoke", "person:Qzcrn1", "--in", "feeds-crn")
    publish("revoke", "project:QzprojectA", "--in", "feeds-crn")
    publish("folder", "c.json", "crn/roster.json", "--to", "feeds-crn", "--only", "team", "-q")
    faults = [f"{path}: {kind}" for path in files_of("feeds-crn/revoked")
              for kind in canaries_in(path + read("feeds-crn/revoked/" + path))]
    test("addresses that were taken back tell nothing",
         faults + judge("publish", "publish", told))


def test_broken_roster():
    """Everybody is booked to everything: the audit tells of every rule."""
    roster = json.loads(read("crn/roster.json"))
    template = roster["appointments"][0]
    for s in roster["sessions"]:
        s["runs"], s["supervisor"] = True, "Qzsupervisor2" if s["project"] != "QzprojectB" else None
    roster["appointments"] = [
        {**template, "crn": p["crn"], "event": p["orders"][0]["event"],
         **{k: s[k] for k in ("session", "original_date", "project", "date", "start", "end",
                              "supervisor")},
         "fixed": False, "recorded": False}
        for s in roster["sessions"] for p in caseloads.canary()["people"]]
    write("broken.json", roster)
    text = amends("audit", "c.json", "broken.json", code=3)
    faults = judge("audit", "audit", text)
    for rule in ("R10", "R12", "R13"):
        lines = [line for line in text.splitlines() if re.search(rf"\b{rule}\b", line)
                 and ", by Qz" not in line]
        faults += [] if lines else [f"no line about {rule}"]
        faults += [line for line in lines if "a restriction on this case" not in line
                   and not re.search(r"in two places|hours of the week", line)]
    test("an audit of a broken roster tells no fact of a restriction", faults)


def test_progress():
    """With a terminal for standard error there is progress."""
    main, other = pty.openpty()
    with subprocess.Popen([AMENDS, "roster", "c.json", "-o", "progress"], stderr=other,
                          stdout=subprocess.PIPE) as process:
        os.close(other)
        text = b""
        try:
            while chunk := os.read(main, 4096):
                text += chunk
        except OSError:  # the other end is closed
            pass
        text += process.stdout.read()
    os.close(main)
    test("progress on a terminal names nobody", judge("progress", "other", text.decode()))


def test_exports():
    faults = []
    for kind in ("mps", "lp", "glpk"):
        text = amends("export", "c.json", "-o", "model", "--format", kind) + read("model")
        faults += judge(kind, "other", text)
    test("exported models have numbers for names", faults)


def test_credit():
    """The caseload itself goes on; its summary names nobody."""
    write("outcomes.csv", "crn,session,date,state\r\nQzcrn2,QzsessionA,2026-03-03,attended\r\n")
    text = amends("credit", "c.json", "outcomes.csv", "--roster", "crn/roster.json", "-o", "next.json")
    test("the summary of credit names nobody", judge("credit", "other", text))


def texts_of(value):
    """Every text and key of a document, and every number with a fraction."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.startswith("x-"):
                yield key
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, float):
        yield repr(value)


# What redaction keeps: dates, times, rules of recurrence, words of the format's own vocabularies
KEPT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?|\d\d:\d\d|FREQ=[A-Z0-9=;,]+|R\d+|MO|TU|WE|TH|FR|SA|SU|"
                  r"amends-caseload/1|male|female|other|unknown|walk|cycle|car|public_transport|"
                  r"mixed_group|women_only|individual|group|ete|induction|active|suspended|completed|"
                  r"revoked|alone|weekly|fortnightly|once|there|back|planner|timetable|routed|"
                  r"estimated|booked|attended|missed|missed_unacceptable|stood_down|hard|soft|off|"
                  r"free_for_work|leaves_home")


def survivors(original, redacted):
    """Texts of the original that the redacted document has, as a whole or, where long enough not to
    be chance, within another."""
    ours = set(texts_of(redacted)) - {redacted["x-redacted"], "x-redacted"}
    theirs = {text for text in texts_of(original) if not KEPT.fullmatch(text)}
    whole = "\n".join(ours)
    return sorted(text for text in theirs
                  if text in ours and not re.fullmatch(r"\d{1,3}", text) or len(text) > 3 and text in whole)


def proof_of(path):
    roster = json.loads(amends("roster", path, "-q", "--node-limit", "1", "--step-limit", "40",
                               "--threads", "1"))
    keys = [[a["date"], a["start"], a["minutes"], a["travel"]] for a in roster["appointments"]]
    runs = [[s["date"], s["start"], s["runs"], s["booked"]] for s in roster["sessions"]]
    return roster["proof"], roster["outcome"], roster["score"], keys, runs


def redaction_faults(path, solved=True):
    """What is wrong with the redaction of a file. A model has numbers for names, so the same bytes
    are the same problem: that is enough for a file that takes long to solve."""
    shown = subprocess.run([AMENDS, "redact", path, "-o", "redacted.json"], capture_output=True,
                           check=True, timeout=900)
    redacted = json.loads(read("redacted.json"))
    faults = [f"{path}: {text}" for text in survivors(json.loads(read(path)), redacted)]
    faults += judge("redact", "other", read("redacted.json") + shown.stderr.decode())
    for file, model in ((path, "before.mps"), ("redacted.json", "after.mps")):
        amends("export", file, "-o", model)
    if read("before.mps") != read("after.mps"):
        faults.append(f"{path}: another model")
    if solved:
        before, after = proof_of(path), proof_of("redacted.json")
        if before != after:
            faults.append(f"{path}: another roster: {before[:2]}, redacted {after[:2]}")
    return faults


def test_redaction():
    examples = [os.path.join(ROOT, "examples", name) for name in ("tiny.json", "pdu.json")]
    full = os.path.join(ROOT, "tests/schema/files/good.json")
    for path in ["c.json", full, *examples]:
        test(f"nothing of {os.path.basename(path)} survives redaction, and it solves alike",
             redaction_faults(path, solved=not path.endswith("pdu.json")))
    piped = amends("redact", "/dev/stdin", "-q", input=read("c.json").encode())
    amends("redact", "c.json", "-o", "redacted.json")
    test("a caseload is redacted from standard input to standard output too",
         [] if piped == read("redacted.json") else ["differs"])
    before = read("c.json")
    amends("redact", "c.json", "-o", "./c.json", code=1)
    test("a caseload is never redacted into itself", [] if read("c.json") == before else ["lost"])
    os.chmod("redacted.json", 0o644)
    amends("redact", "c.json", "-q", "-o", "redacted.json")
    test("a redacted caseload is its owner's alone",
         [] if os.stat("redacted.json").st_mode & 0o777 == 0o600 else ["mode"])


# ---- mistakes ----

# where each is put, what is wrong there
RESTRICTED = [
    ("must_avoid", ["Qzavoid77"]), ("must_avoid", "Qzavoid77"), ("must_avoid", ["x-Qzavoid78"]),
    ("needs", ["Qzneed77"]), ("needs", {"Qzneed77": 1}), ("needs", [7123456]),
    ("keep_apart", ["Qzapart77"]), ("keep_apart", ["Qzcrn22"]), ("keep_apart", "Qzcrn22"),
    ("barred_projects", ["QzprojectAA"]), ("barred_places", ["QzsiteAA"]),
    ("supervisor_gender", "Qzgender"), ("limited_access", "Qzlimited"), ("name", 7123456),
    ("home", "Qzhome22"), ("home", {"lat": 7123456, "lon": 1}), ("home", 7123456),
    ("unavailable", [{"from": "2026-03-09", "to": "2026-03-08", "reason": 7123456}]),
    ("unavailable", [{"from": "2026-03-08", "to": "2026-03-09", "reason": 7123456}]),
]


def test_mistakes():
    faults = []
    for key, value in RESTRICTED:
        caseload = caseloads.canary()
        caseload["people"][8][key] = value
        write("mistake.json", caseload)
        for command in (["check"], ["roster"], ["redact"]):
            text = amends(*command, "mistake.json", code=None)
            if "mistake.json:" not in text or f".{key}" not in text:
                faults.append(f"{key}: no finding: {text[:200]}")
            for line in text.splitlines():
                if f".{key}" in line and re.search("Qz|7123456", line.replace("mistake.json", "")):
                    faults.append(line)
    test("mistakes in restricted fields are told by their place, not their value", faults)


# ---- attacks ----

def snapshot():
    return {os.path.join(at, name) for at, folders, names in os.walk(".") for name in names + folders}


def test_file_names(folder):
    faults, folded = [], {}
    for path in files_of(folder):
        for part in path.split("/"):
            if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", part) or ".." in part or \
                    part.endswith(".") or len(part) > 100:
                faults.append(f"name {part}")
            if re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part):
                faults.append(f"reserved {part}")
        twin = folded.setdefault(unicodedata.normalize("NFKC", path).casefold(), path)
        if twin != path:
            faults.append(f"{path} and {twin} are one file elsewhere")
    caseload = caseloads.hostile()
    wanted = (1 + len(caseload["projects"]) + len(caseload["supervisors"]))
    count = sum(path.endswith(".ics") and "people/" not in path for path in files_of(folder))
    if count != wanted:
        faults.append(f"{count} calendars, not {wanted}")
    test("names of files are plain, and each its own", faults)


def test_csv(path):
    text = read(path)
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True))
    faults = [f"{len(row)} cells, not {len(rows[0])}" for row in rows if len(row) != len(rows[0])]
    # A minus sign begins a formula (-2+cmd|' /C calc'!A0) but for a minus and digits alone: that
    # is a number to every spreadsheet, nothing is reckoned or fetched, and differences are such
    # numbers. With an apostrophe before them they would be text, and could not be summed.
    faults += [cell for row in rows for cell in row
               if re.match("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]", cell) and
               not re.fullmatch(r"-\d+", cell)]
    # a spreadsheet that takes semicolons or tabs for separators must see none outside quotes
    bare = re.sub(r'"(?:[^"]|"")*"', "", text)
    faults += ["a separator outside quotes"] if re.search("[;\t]", bare) else []
    test(f"no cell of {path} is a formula", faults)


class Page(html.parser.HTMLParser):
    TAGS = {"html", "head", "meta", "title", "style", "body", "main", "footer", "header", "section",
            "h1", "h2", "h3", "p", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th",
            "td", "ul", "ol", "li", "dl", "dt", "dd", "span", "strong", "em", "b", "br", "div", "nav",
            "small", "abbr", "tfoot", "i", "figure", "figcaption", "svg", "line", "path", "text"}
    ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "scope", "colspan",
                  "rowspan", "id", "title", "aria-labelledby", "aria-label", "role", "viewbox", "d",
                  "x", "y", "x1", "y1", "x2", "y2", "text-anchor"}
    STYLE = re.compile(r"width:\d+%")

    def __init__(self):
        super().__init__()
        self.faults, self.policy = [], None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in self.TAGS:
            self.faults.append(f"<{tag}>")
        self.faults += [f"<{tag} {name}>" for name in given if name not in self.ATTRIBUTES and not
                        (name == "style" and self.STYLE.fullmatch(given[name]))]
        if given.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = given["content"]


class Listener(threading.Thread):
    """A proxy that counts who comes to it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.requests = self.socket.getsockname()[1], []

    def run(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                self.requests.append(connection.recv(200))


def browse(path):
    """The page as a browser has it after a while, and what it asked the network for."""
    listener = Listener()
    listener.start()
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
             f"--user-data-dir={profile}", f"--proxy-server=127.0.0.1:{listener.port}",
             "--proxy-bypass-list=<-loopback>", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run",
             "--virtual-time-budget=3000", "file://" + os.path.abspath(path)],
            capture_output=True, timeout=900, check=True)
    listener.socket.close()
    return done.stdout.decode(), [r for r in listener.requests if b"evil" in r]


def test_html(path):
    page = Page()
    page.feed(read(path))
    faults = page.faults
    if page.policy is None or "default-src 'none'" not in page.policy or "script" in page.policy:
        faults.append(f"policy {page.policy}")
    test(f"{path} has no element or attribute but its own", faults)


def test_browser(path, heading):
    dom, requests = browse(path)
    title = re.search("<title>(.*?)</title>", dom)
    faults = [f"fetched {request}" for request in requests]
    if not title or not title.group(1).startswith(heading):
        faults.append(f"title {title and title.group(1)}")
    test(f"no script of {path} runs in a browser, and nothing is fetched", faults)


def test_browser_can_be_attacked():
    """The same browser, on a page that does not escape: both are seen there."""
    write("open.html", "<title>Roster</title><img src=http://evil.example/a>"
                       "<script>document.title='ran'</script>")
    dom, requests = browse("open.html")
    test("an attack would be seen", [] if "<title>ran</title>" in dom and requests else [dom])


PROPERTIES = {
    "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-CALDESC",
    "DESCRIPTION", "X-WR-TIMEZONE", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "TZID", "TZOFFSETFROM",
    "TZOFFSETTO", "TZNAME", "RRULE", "X-LIC-LOCATION", "DTSTART", "DTEND", "DTSTAMP", "UID", "SUMMARY",
    "LOCATION", "GEO", "STATUS", "TRANSP", "CLASS", "SEQUENCE", "LAST-MODIFIED", "CATEGORIES", "COLOR",
    "URL", "ORGANIZER", "X-AMENDS-FEED", "X-MICROSOFT-CDO-BUSYSTATUS", "ACTION", "TRIGGER", "SOURCE",
}


def ics_faults(path, sessions):
    """The calendar has as many events as it should, and no line but its own."""
    text, faults = read(path), []
    for line in text.replace("\r\n ", "").split("\r\n")[:-1]:
        name = re.match(r"[A-Z-]+(?=[;:])", line)
        if not name or name.group() not in PROPERTIES:
            faults.append(f"{path}: {line[:80]}")
        if re.search("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line):
            faults.append(f"{path}: control character in {line[:80]}")
    if any(len(line.encode()) > 75 for line in text.split("\r\n")):
        faults.append(f"{path}: a line over 75 octets")
    calendar = icalendar.Calendar.from_ical(text)
    events = [c for c in calendar.subcomponents if c.name == "VEVENT"]
    if {c.name for c in calendar.walk()} - {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT"}:
        faults.append(f"{path}: another component")
    if len(events) != text.count("\r\nBEGIN:VEVENT\r\n") or sessions is not None and len(events) != sessions:
        faults.append(f"{path}: {len(events)} events")
    return faults


def test_ics(folder):
    roster = json.loads(read(folder + "/roster.json"))
    count = sum(s["runs"] for s in roster["sessions"])
    faults = []
    for path in files_of(folder):
        if path.endswith(".ics"):
            faults += ics_faults(os.path.join(folder, path),
                                 count if path.endswith("team.ics") else None)
    test("no calendar has a line or an event that is not its own", faults)


def test_hostile():
    write("h.json", caseloads.hostile())
    before = snapshot()
    told = amends("roster", "h.json", "-o", "hostile", "--detail", "names", "-v", "--step-limit", "40")
    told += amends("check", "h.json") + amends("audit", "h.json", "hostile/roster.json", code=0)
    amends("calendars", "h.json", "hostile/roster.json", "-o", "hostile", "--detail", "names",
           "--registers")
    told += publish("folder", "h.json", "hostile/roster.json", "--to", "hostile-feeds", "--detail",
                    "names", "--only", "team,supervisors,projects,people")
    told += publish("list", "--in", "hostile-feeds")
    told += amends("prices", "h.json", "hostile/roster.json", "--check", "0", "--rows", "100", "-o",
                   "hostile-prices")
    told += amends("forecast", "h.json", "-o", "hostile-year", "--detail", "names", "--futures", "5")
    write("hostile-person.json", {**caseloads.hostile()["people"][0], "crn": "X999999"})
    told += amends("offer", "h.json", "hostile/roster.json", "hostile-person.json", "--moves")
    told += explanations("h.json", "hostile/roster.json")
    for kind in ("mps", "lp", "glpk"):
        amends("export", "h.json", "-o", "hostile/model." + kind)
    new = {path for path in snapshot() - before if not path.startswith(("./hostile", "./hostile-feeds"))}
    new |= {p for p in ("/tmp/amends-escaped", "/tmp/amends-ran") if os.path.exists(p)}
    test("a hostile caseload writes into its folder alone", sorted(new))
    test("what is told of it steers no terminal",
         [line for line in told.splitlines() if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", line)])
    for kind in ("mps", "lp", "glpk"):
        os.remove("hostile/model." + kind)
    test_file_names("hostile")
    test_csv("hostile/roster.csv")
    test_csv("hostile/private/index.csv")
    test_csv("hostile-prices/prices.csv")
    for name in ("court", "ete", "fan", "jams", "ledger"):
        test_csv(f"hostile-year/{name}.csv")
    for name, heading in (("forecast", "Forecast"), ("court", "Orders to return to court")):
        test_html(f"hostile-year/{name}.html")
        test_browser(f"hostile-year/{name}.html", heading)
    pages = [path for path in files_of("hostile") if path.endswith(".html")]
    for path in pages:
        test_html(os.path.join("hostile", path))
    test_browser("hostile/roster.html", "Roster")
    test_browser("hostile/registers/no-supervisor.html", "Sign-in sheets")
    test("there is a page of the roster and sheets of sessions", [] if len(pages) > 2 else pages)
    test_browser_can_be_attacked()
    test_ics("hostile")
    test("no feed has a line or an event that is not its own",
         [fault for _, path in feeds_of("hostile-feeds") for fault in ics_faults(path, None)])
    test("names of feeds say nothing",
         [path for path in files_of("hostile-feeds") if not re.fullmatch(
             r"key|ledger\.json|amends-feeds|(\.?[a-z]+)|feeds/[0-9a-f]{64}\.ics(\.gz)?", path)])
    test("nothing of a hostile caseload survives redaction, and it solves alike",
         redaction_faults("h.json"))
    roster = json.loads(read("hostile/roster.json"))
    rows = [f"{a['crn']},{a['session']},{a['date']},attended" for a in roster["appointments"]
            if not re.search('[",;]', a["crn"] + a["session"])][:3]
    write("outcomes.csv", "\r\n".join(["crn,session,date,state", *rows]) + "\r\n")
    amends("credit", "h.json", "outcomes.csv", "--roster", "hostile/roster.json", "-o", "h2.json")
    kept, given = json.loads(read("h2.json")), caseloads.hostile()
    test("a hostile caseload comes through credit as it was",
         [] if [p["crn"] for p in kept["people"]] == [p["crn"] for p in given["people"]] and
         kept["projects"] == given["projects"] else ["changed"])


def svg_faults(path):
    """A drawing is well-formed, and draws and writes alone."""
    faults = []
    for element in xml.etree.ElementTree.parse(path).iter():
        tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
        if tag not in {"svg", "title", "desc", "style", "rect", "text", "tspan", "line", "path", "g",
                       "circle", "polyline"}:
            faults.append(f"<{tag}>")
        faults += [f"<{tag} {name}>" for name, value in element.attrib.items()
                   if name.startswith("on") or "href" in name or "url(" in value]
        if tag == "style" and re.search("url|import", element.text):
            faults.append("a style that fetches")
    return faults


def test_hostile_scenarios():
    """Texts of scenarios and candidates; names of scenarios become names of files."""
    faults, files, told = [], [], ""
    for n, attack in enumerate(caseloads.ATTACKS.values()):
        write("name.json", {"format": "amends-scenario/1", "name": attack})
        text = amends("scenario", "c.json", "name.json", "--write-caseload", "named.json", code=None)
        told += text
        if ("$.name: expected a name" in text) == bool(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,39}", attack)):
            faults.append(f"name {attack}: {text}")
        write("candidates.json", {"format": "amends-candidates/1", "candidates": [
            {"name": attack, "cost_pounds": 1, "verbs": []}]})
        told += amends("scenario", "c.json", "--open", "candidates.json", "--budget", "1", code=None)
        files.append(f"sentence{n}.json")
        write(files[-1], {"format": "amends-scenario/1", "name": f"sentence{n}", "sentence": attack})
    test("a scenario's name is plain, or refused", faults)
    told += amends("scenario", "c.json", *files, "--people", "--sweep", "add_places=0..1", "-o",
                   "hostile-what-if", "--step-limit", "5", "--node-limit", "1")
    test("what is told of hostile scenarios steers no terminal",
         [line for line in told.splitlines() if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", line)])
    for path in files_of("hostile-what-if"):
        if path.endswith(".csv"):
            test_csv("hostile-what-if/" + path)
    drawings = [path for path in files_of("hostile-what-if") if path.endswith(".svg")]
    test("drawings of hostile scenarios draw alone",
         [f"{path}: {fault}" for path in drawings for fault in svg_faults("hostile-what-if/" + path)] +
         ([] if drawings else ["there is none"]))


# ---- where is written, and for whom ----

def written_files(program, *arguments):
    """Every path that a run opens for writing, makes, renames or links, by strace."""
    calls = "open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink," \
            "symlinkat,mknod,mknodat,socket,connect,truncate,execve,memfd_create"
    done = subprocess.run(["strace", "-f", "-qq", "-y", "-s", "4096", "-e", "trace=" + calls, "-o", "trace",
                           program, *arguments], capture_output=True, timeout=900, check=False)
    if done.returncode != 0:
        raise SystemExit(f"strace {arguments}: {done.stderr.decode()}")
    lines = [line.split(" ", 1)[1].strip() for line in read("trace").splitlines()]
    for line in lines:
        if line.startswith("open") and "O_WRONLY" not in line and "O_RDWR" not in line and \
                "O_CREAT" not in line and "O_TRUNC" not in line:
            continue
        if line.startswith("execve") or line.startswith(("+++", "---")):
            continue
        yield line


def test_places():
    for name, arguments in {
            "roster": ["roster", "c.json", "-o", "traced"],
            "calendars": ["calendars", "c.json", "crn/roster.json", "-o", "traced", "--registers"],
            "credit": ["credit", "c.json", "outcomes-none.csv", "-o", "traced/next.json"],
            "redact": ["redact", "c.json", "-o", "traced/redacted.json"],
            "export": ["export", "c.json", "-o", "traced/model.mps"],
            "prices": ["prices", "c.json", "crn/roster.json", "-o", "traced"],
            "scenario": ["scenario", "c.json", "closed.json", "--sweep", "add_places=0..1", "-o",
                         "traced"],
            "forecast": ["forecast", "c.json", "-o", "traced", "--futures", "5"],
            "offer": ["offer", "c.json", "crn/roster.json", "person.json"],
            "explain": ["explain", "c.json", "crn/roster.json", "--rule", "all"],
            "check": ["check", "c.json"],
            "audit": ["audit", "c.json", "crn/roster.json"],
            "folder": ["folder", "c.json", "crn/roster.json", "--to", "traced/feeds"]}.items():
        write("outcomes-none.csv", "crn,session,date,state\r\n")
        lines = list(written_files(PUBLISH if name == "folder" else AMENDS, *arguments))
        faults = [line for line in lines
                  if not all(path == "traced" or path.startswith("traced/")
                             for path in re.findall(r'"([^"]*)"', line))
                  or line.startswith(("socket", "connect", "memfd"))]
        test(f"{name} writes nowhere but where it is told",
             faults if lines or name in ("offer", "explain", "check", "audit") else ["nothing traced"])


def test_modes():
    faults = []
    for mask in (0o000, 0o022, 0o077):
        folder = f"mask{mask:03o}"
        for arguments in (["roster", "c.json", "-o", f"{folder}/new"],
                          ["calendars", "c.json", "crn/roster.json", "-o", f"{folder}/again", "--registers"],
                          ["credit", "c.json", "outcomes-none.csv", "-o", f"{folder}/next.json"],
                          ["redact", "c.json", "-o", f"{folder}/redacted.json"],
                          ["prices", "c.json", "crn/roster.json", "-o", f"{folder}/prices"],
                          ["forecast", "c.json", "-o", f"{folder}/year", "--futures", "5"],
                          ["scenario", "c.json", "closed.json", "--sweep", "add_places=0..1", "-o",
                           f"{folder}/what-if"],
                          ["scenario", "c.json", "--task", "1/2", "--sweep", "add_places=0..1", "-o",
                           f"{folder}/slices"],
                          ["scenario", "c.json", "closed.json", "--write-caseload",
                           f"{folder}/closed.json"],
                          ["export", "c.json", "-o", f"{folder}/model.lp"]):
            amends(*arguments, preexec_fn=lambda mask=mask: os.umask(mask))
        for at, folders, names in os.walk(folder):
            for name in folders + names:
                path = os.path.join(at, name)
                wanted = 0o700 if os.path.isdir(path) else 0o600
                if os.stat(path).st_mode & 0o777 != wanted:
                    faults.append(f"{path}: {os.stat(path).st_mode & 0o777:o}")
    test("folders are 0700 and files 0600, whatever the umask", faults)


# ---- the table ----

def table():
    """The rows of docs/security.md."""
    for pattern, classes in allowed.ROWS:
        cells = []
        for detail in ("count", "crn", "names"):
            more = allowed.DETAIL[detail].get(pattern, set())
            cells.append("; ".join(w for k, w in allowed.WORDS.items() if k in classes | more) or "nothing")
        label = {"year": "`amends forecast`", "forecast*": "`forecast.json`, `forecast.html`",
                 "court*": "`court.csv`, `court.html`", "jams*": "`jams.csv`",
                 "other": "everything else on standard output and error; `export`; `redact`",
                 "check": "`amends check`", "audit": "`amends audit`",
                 "prices": "`amends prices`", "offer": "`amends offer`",
                 "scenario": "`amends scenario`",
                 "explain": "`amends explain`",
                 "publish": "`amends-publish folder`, `list`, `rotate`, `revoke`",
                 "feeds/team": "published feed of the team", "feeds/project": "published feed of a project",
                 "feeds/supervisor": "published feed of a supervisor", "feeds/person": "published feed of a person",
                 "ledger.json": "`ledger.json` of published feeds"}.get(pattern, f"`{pattern}`")
        if cells[0] == cells[1] == cells[2]:
            yield f"| {label} | {cells[0]} |"
            continue
        for detail, cell in zip(("count", "crn", "names"), cells):
            if detail == "count" and pattern in allowed.NO_COUNT:
                continue
            usual = "count" if pattern.startswith("feeds/") else "crn"
            default = " (default)" if detail == usual else ""
            yield f"| {label}, `--detail {detail}`{default} | {cell} |"


def test_table():
    written = read(os.path.join(ROOT, "docs/security.md")).splitlines()
    test("docs/security.md has the table that is tested", [row for row in table() if row not in written])
    unused = []
    for pattern, classes in allowed.ROWS:
        for detail in ("count", "crn", "names"):
            found = seen.get((pattern, detail))
            if found is not None:
                unused += [f"{pattern}, {detail}: {kind} is allowed and never there"
                           for kind in (classes | allowed.DETAIL[detail].get(pattern, set())) - found
                           if "." in pattern or "/" in pattern]
    test("what is allowed is there", unused)
    kinds = set(re.findall("Qz([a-z]+)", json.dumps(caseloads.canary()))) | {"homepoint", "sitepoint"}
    test("every class of canary is in the table's words",
         sorted(kinds ^ set(allowed.WORDS)))


def main():
    if sys.argv[3:] == ["--table"]:
        print("\n".join(table()))
        return 0
    scratch = tempfile.mkdtemp(prefix="amends-privacy-")
    os.chdir(scratch)
    try:
        test_canaries()
        test_mistakes()
        test_hostile()
        test_hostile_scenarios()
        test_places()
        test_modes()
        test_table()
    finally:
        os.chdir("/")
        shutil.rmtree(scratch)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


sys.exit(main())
