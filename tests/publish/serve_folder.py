#!/usr/bin/env python3
"""serve_folder.py - feeds for the tests of the server.

  serve_folder.py make FOLDER COUNT       a folder of COUNT feeds; prints their tokens
  serve_folder.py replace FOLDER STOP     replaces all feeds but the first over and over, until the
                                          file STOP is there; prints how often it did
  serve_folder.py vanish FOLDER STOP      likewise, but each file is missing for a moment

A feed names its version in its first line and in its last, so that half of one and half of another
would be seen; versions differ in length.
"""
import gzip
import os
import random
import sys
import time

MARK = "amends-feeds/1\n"


def feed(version, salt):
    events = "".join(
        "BEGIN:VEVENT\r\nUID:%s-%d\r\nDTSTAMP:20260302T083000Z\r\nDTSTART:20260302T093000Z\r\n"
        "SEQUENCE:%d\r\nSUMMARY:%d %s\r\nEND:VEVENT\r\n" %
        (salt[:8], i, version, i, "x" * random.randint(1, 60))
        for i in range(80 + version % 50))
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nX-VERSION:%d\r\n%sX-VERSION:%d\r\n"
            "END:VCALENDAR\r\n" % (version, events, version)).encode()


def put(path, content):
    with open(path + ".new", "wb") as file:
        file.write(content)
    os.rename(path + ".new", path)


def publish(folder, token, version, vanish):
    path = os.path.join(folder, "feeds", token + ".ics")
    content = feed(version, token)
    if vanish and os.path.exists(path):
        os.unlink(path)
        time.sleep(0.002)
    put(path, content)
    put(path + ".gz", gzip.compress(content, 6, mtime=0))


def tokens_of(folder):
    return sorted(name[:-4] for name in os.listdir(os.path.join(folder, "feeds"))
                  if name.endswith(".ics"))


def make(folder, count):
    os.makedirs(os.path.join(folder, "feeds"), mode=0o700)
    os.makedirs(os.path.join(folder, "revoked"), mode=0o700)
    put(os.path.join(folder, "amends-feeds"), MARK.encode())
    random.seed(5)
    for _ in range(count):
        token = "%064x" % random.getrandbits(256)
        publish(folder, token, 1, False)
    print("\n".join(tokens_of(folder)))


def replace(folder, stop, vanish):
    tokens, version = tokens_of(folder)[1:], 1
    while not os.path.exists(stop):
        version += 1
        for token in tokens:
            publish(folder, token, version, vanish)
            time.sleep(0.005)
    print(version - 1)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]))
    else:
        replace(sys.argv[2], sys.argv[3], sys.argv[1] == "vanish")
