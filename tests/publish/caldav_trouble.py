#!/usr/bin/env python3
"""caldav_trouble.py BACKEND-PORT MODE-FILE SEEN-FILE - a proxy in front of a calendar server that
gets into trouble.

It prints the port at which it listens (on this computer alone) and passes requests on. MODE-FILE says
what goes wrong, and is read anew for each request: "ok", or "N WHAT": all but the first N requests
since the file was written go wrong, WHAT being a status, "503 SECONDS" (with Retry-After),
"once STATUS", "hang" (no answer), "half" (passed on, but the answer breaks off), "mute" (passed on,
and no answer), "elsewhere URL", "html" or "bomb". SEEN-FILE gets a line for each request: method,
path, and whether it had credentials.
"""
import http.client
import http.server
import os
import sys
import time

backend, mode_file, seen_file = int(sys.argv[1]), sys.argv[2], sys.argv[3]
state = {"stamp": None, "number": 0}
BOMB = (b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">' +
        b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (c, *([c - 1] * 8))
                 for c in range(98, 112)) +
        b']><multistatus xmlns="DAV:"><response><href>&o;</href></response></multistatus>')


def trouble():
    """The words of what goes wrong with this request; [] when nothing does."""
    stamp = os.stat(mode_file).st_mtime_ns
    if stamp != state["stamp"]:
        state.update(stamp=stamp, number=0)
    state["number"] += 1
    words = open(mode_file).read().split()
    if words[0] == "ok" or state["number"] <= int(words[0]):
        return []
    if words[1] == "once":
        return words[2:] if state["number"] == int(words[0]) + 1 else []
    return words[1:]


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def ask_backend(self, body):
        connection = http.client.HTTPConnection("127.0.0.1", backend, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        connection.request(self.command, self.path, body, headers)
        reply = connection.getresponse()
        return reply, reply.read()

    def say(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with open(seen_file, "a") as seen:
            seen.write("%s %s %s\n" % (self.command, self.path,
                                       "credentials" if "Authorization" in self.headers else "-"))
        words = trouble()
        if not words:
            reply, content = self.ask_backend(body)
            keep = [(n, v) for n, v in reply.getheaders()
                    if n.lower() not in ("content-length", "connection", "transfer-encoding", "date", "server")]
            self.say(reply.status, content, keep)
            return
        what = words[0]
        self.close_connection = True
        if what.isdigit():
            self.say(int(what), b"<error/>", [("Retry-After", words[1])] if len(words) > 1 else [])
        elif what == "hang":
            time.sleep(15)
        elif what == "half":
            reply, content = self.ask_backend(body)
            self.wfile.write(b"HTTP/1.1 %d OK\r\nContent-Length: %d\r\n\r\n" % (reply.status, len(content) + 9))
            self.wfile.write(content[:len(content) // 2])
        elif what == "mute":
            self.ask_backend(body)
        elif what == "elsewhere":
            self.say(301, b"", [("Location", words[1])])
        elif what == "html":
            self.say(207, b"<html><body>Please sign in</body></html>")
        elif what == "bomb":
            self.say(207, BOMB)

    do_PROPFIND = do_PUT = do_DELETE = do_REPORT = do_GET = do_MKCALENDAR = handle_any


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # a client that is gone


server = Server(("127.0.0.1", 0), Proxy)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
