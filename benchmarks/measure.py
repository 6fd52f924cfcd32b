"""Run a command once: wall seconds, peak memory, what it printed."""

import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass


@dataclass
class Run:
    seconds: float
    peak_mb: float
    code: int  # negative: ended by that signal
    cut_off: bool
    out: str
    err: str
    cpu_seconds: float = 0.0


def _end_group(process, cut_off):
    """End a process that we started, with whatever it started itself."""
    cut_off.set()
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(command, limit, cwd=None):
    """Run command for at most limit seconds."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                   cwd=cwd, start_new_session=True)
        cut_off = threading.Event()
        timer = threading.Timer(limit, _end_group, (process, cut_off))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Run(seconds, usage.ru_maxrss / 1024, process.returncode, cut_off.is_set(),
                   out.read().decode(errors="replace"), err.read().decode(errors="replace"),
                   usage.ru_utime + usage.ru_stime)
