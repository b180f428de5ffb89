"""A process that reads files for a run: `python -m ingest.worker`, tasks in, messages out, both pickled.

Libraries that take apart PDF, HTML and archives of unknown origin run here, so that a crash or a hang in one of them costs
one file, not the run; and cleaning goes on beside embedding.
"""

import gc
import os
import pickle
import signal
import sys
from typing import BinaryIO

from ingest.reading import READY, read_file

__all__ = ["serve"]

MEMORY = 4 << 30
"""Bytes of address space a worker may take."""


def serve(tasks: BinaryIO, messages: BinaryIO) -> None:
    """Say that it is ready, then read tasks until there are none, and answer each with its messages."""

    def say(message: object) -> None:
        pickle.dump(message, messages, protocol=pickle.HIGHEST_PROTOCOL)
        messages.flush()

    say(READY)
    while True:
        try:
            task = pickle.load(tasks)  # noqa: S301 - from the process that started this one
        except (EOFError, pickle.UnpicklingError):  # no more, or the run was killed in the midst of a task
            return
        for message in read_file(task):
            say(message)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):  # they are for the run, which ends its workers itself
        signal.signal(number, signal.SIG_IGN)
    _limit_memory()
    gc.freeze()  # what was loaded stays: it need not be looked through again and again
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the messages
    try:
        serve(sys.stdin.buffer, out)
    except BrokenPipeError:
        os._exit(0)  # the run has gone
