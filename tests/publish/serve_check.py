#!/usr/bin/env python3
"""serve_check.py URL TOKENS COUNT - asks COUNT times for feeds, plain and gzipped, and checks that
the entity tag is the hash of the bytes that came, that gzip unpacks to a whole feed and that the
length is the one that was told. Exits with 1 at the first fault."""
import gzip
import hashlib
import http.client
import re
import sys
import urllib.parse

url, tokens = urllib.parse.urlsplit(sys.argv[1]), open(sys.argv[2]).read().split()
connection = http.client.HTTPConnection(url.hostname, url.port, timeout=20)
packed = 0
for number in range(int(sys.argv[3])):
    headers = {"Accept-Encoding": "gzip"} if number % 2 else {}
    connection.request("GET", "/%s.ics" % tokens[number % len(tokens)], headers=headers)
    reply = connection.getresponse()
    body = reply.read()
    assert reply.status == 200, reply.status
    assert int(reply.headers["Content-Length"]) == len(body)
    assert reply.headers["ETag"] == '"%s"' % hashlib.sha256(body).hexdigest(), "tag of other bytes"
    if reply.headers["Content-Encoding"] == "gzip":
        packed += 1
        body = gzip.decompress(body)
    versions = re.findall(rb"\r\nX-VERSION:(\d+)\r\n", body)
    assert len(versions) in (0, 2) and versions[:1] == versions[1:], versions
    assert body.startswith(b"BEGIN:VCALENDAR\r\n") and body.endswith(b"\r\nEND:VCALENDAR\r\n")
print(packed)
assert packed > 0, "gzip was never sent"
