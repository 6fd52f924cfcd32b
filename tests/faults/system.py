"""Calls of the system fail, or a signal arrives at one of them. strace does it."""
import collections
import errno
import fcntl
import functools
import os
import re
import signal

from world import STAGE, Wrong, chance

CALLS = {"openat": ["EIO", "EMFILE"], "read": ["EIO", "EINTR"], "write": ["ENOSPC", "EIO", "EINTR"],
         "close": ["EIO"], "fsync": ["EIO"], "rename": ["EIO", "EXDEV"], "mkdir": ["EIO", "ENOSPC"],
         "unlink": ["EIO"], "rmdir": ["EIO"], "fcntl": ["EIO", "ENOLCK"], "clone3": ["EAGAIN"]}
CHANGING = ("openat", "write", "fsync", "rename", "unlink", "mkdir")


def trace(place, command, options):
    """A run under strace, on what the older caseload made."""
    place.old_again(command)
    return place.run(command.argv(), wrap=["strace", "-f", "-qq", *options])


def calls_of(world, command):
    """By system call: the numbers of those that come after the program has begun to read."""
    place = world.place()
    log = place.folder / "trace"
    code, _, err = trace(place, command, ["-o", str(log), "-e", "trace=" + ",".join(CALLS)])
    if code != 0:
        raise Wrong(f"{command.name} under strace: {code}: {err}")
    before, counts, begun = collections.Counter(), collections.Counter(), False
    for line in log.read_text().splitlines():
        match = re.match(r"(\d+) +(\w+)\(", line)
        if not match:
            continue
        begun = begun or '"new.json"' in line
        counts[match[1], match[2]] += 1  # strace counts by thread
        if not begun:
            before[match[2]] += 1
    return {call: range(before[call] + 1, 1 + max([0, *(count for (_, of), count in counts.items()
                                                         if of == call)]))
            for call in CALLS}


def some(tries, count, *what):
    return tries if not count or len(tries) <= count else sorted(chance(*what).sample(tries, count))


def fail_call(command, call, number, error, place):
    options = ["-o", str(place.folder / "trace"), "-e", f"trace={call}",
               "-e", f"inject={call}:error={error}:when={number}"]
    reason = re.escape(os.strerror(getattr(errno, error)))
    return place.check_ended(command, f"{command.name}, {call} {number} fails with {error}",
                             trace(place, command, options), [reason, "another run"])


def test_calls(world, of, count):
    """Each call fails in turn, in each of its ways."""
    command = world.command(of)
    tries = [(call, number, error) for call, numbers in calls_of(world, command).items()
             for number in numbers for error in CALLS[call]]
    tries = some(tries, count, "calls", command.name)
    seen = world.try_all([functools.partial(fail_call, command, *which) for which in tries])
    seen["calls failed"] = len(tries)
    return seen


def full_from(command, number, place):
    """The disk is full from this write on."""
    options = ["-o", str(place.folder / "trace"), "-e", "trace=write",
               "-e", f"inject=write:error=ENOSPC:when={number}+"]
    return place.check_ended(command, f"{command.name}, disk full from write {number} on",
                             trace(place, command, options), [""])  # nor can it say so


def test_full(world, of, count):
    command = world.command(of)
    tries = [(number,) for number in calls_of(world, command)["write"]]
    tries = some(tries, count, "full", command.name)
    seen = world.try_all([functools.partial(full_from, command, *which) for which in tries])
    seen["disks full"] = len(tries)
    return seen


def signal_at(command, name, call, number, place):
    options = ["-o", str(place.folder / "trace"), "-e", f"trace={call}",
               "-e", f"inject={call}:signal={name}:when={number}"]
    code, _, err = trace(place, command, options)
    what = f"{command.name}, {name} at {call} {number}"
    # strace ends as its child does; during the search INT and TERM only end the search
    fatal = (-getattr(signal, "SIG" + name), 128 + getattr(signal, "SIG" + name))
    ended = (0, 4) if name in ("INT", "TERM") else (0,)
    # which thread opens and flushes how many files is not always the same
    always = name == "KILL" and call not in ("fsync", "openat")
    if code not in fatal and (code not in ended or always):
        raise Wrong(f"{what}: ended with {code}: {err[-300:]}")
    which = place.check_folder(command, what, killed=name == "KILL")
    if code == 0 and which not in ("new", "cut short"):
        raise Wrong(f"{what}: exit code 0, and the folder is {which}")
    return which


def test_signals(world, of, name, count):
    """A signal arrives at each call that changes something."""
    command = world.command(of)
    calls = calls_of(world, command)
    tries = some([(call, number) for call in CHANGING for number in calls[call]], count, name,
                 command.name)
    seen = world.try_all([functools.partial(signal_at, command, name, *which) for which in tries])
    seen["signals"] = len(tries)
    return seen


def test_short_writes(world, of):
    """Every write takes half of what it is given."""
    command = world.command(of)
    def attempt(place):
        place.old_again(command)
        done = place.run(command.argv(), {"LD_PRELOAD": str(world.preload), "FAULT_SHORT": "1"})
        if done[0] != 0:
            raise Wrong(f"ended with {done[0]}: {done[2]}")
        return place.check_ended(command, f"{command.name}, short writes", done, [])
    return world.try_all([attempt])


def test_locked(world, of):
    """Another run is writing."""
    command = world.command(of)
    def attempt(place):
        place.old_again(command)
        (place.out / STAGE).mkdir(exist_ok=True)
        with open(place.out / STAGE / "lock", "w", encoding="ascii") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)
            code, _, err = place.run(command.argv())
            if code != 1 or "another run is writing here" not in err:
                raise Wrong(f"{command.name}: ended with {code}: {err}")
            if place.check_folder(command, command.name) != "old":
                raise Wrong(f"{command.name}: touched what the other run holds")
            if not (place.out / STAGE / "lock").exists():
                raise Wrong(f"{command.name}: removed the other run's lock")
        code, _, err = place.run(command.argv())
        if code != 0 or place.check_folder(command, command.name) != "new":
            raise Wrong(f"{command.name}, once the lock is gone: {code}: {err}")
        return "refused"
    return world.try_all([attempt])
