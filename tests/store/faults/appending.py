"""Appends lines to a journal and prints the number of each that was acknowledged.

    appending.py FOLDER COUNT PATIENCE [together]

One line at a time, or in small groups with `together`. Prints `!` and the reason when the
disk takes nothing, and at the end `closed`, or `open` when something was not saved after so
many seconds.
"""

import os
import sys
import threading
from pathlib import Path
from zlib import crc32

from facilitate.store.journal import JournalWriter

WRITER = "k3v9q0x2mf"


def line_of(n: int) -> bytes:
    """A line of a right form, a little longer for every fifth."""
    data = b'{"entry":"line %d %s"}' % (n, b"x" * (40 * (n % 5)))
    place = b'{"v":1,"w":"%b","n":%d,"t":"018c3f2a7b10-0000"' % (WRITER.encode(), n)
    body = place + b',"k":"entry.let_go","by":"co","d":' + data
    return b'%b,"crc":"%08x"}\n' % (body, crc32(body))


def say(text: str) -> None:
    """In one call, so that nothing of it is kept back when the program is killed."""
    os.write(1, text.encode() + b"\n")


def main(folder: str, count: str, patience: str, *how: str) -> None:
    """Append and tell."""

    def changed() -> None:
        say(f"!{journal.trouble}" if journal.trouble else str(journal.saved))

    def soon(wake: threading.Event, _seconds: float) -> object:
        return wake.wait(0.001)

    journal = JournalWriter(Path(folder), WRITER, changed=changed, wait=soon)
    for n in range(int(count)):
        journal.put(n, line_of(n))
        if "together" in how and n % 7:
            continue
        while not journal.settle(0.02) and not journal.trouble:
            pass
    say("closed" if journal.close(float(patience)) else "open")


if __name__ == "__main__":
    main(*sys.argv[1:])
