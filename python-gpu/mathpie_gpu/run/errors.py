"""The one error that users are meant to see."""

from __future__ import annotations

import errno
import re


class UserError(Exception):
    """One line: the action, the state, the way out. Printed on stderr without a traceback; the exit code is 2."""


# What a terminal acts upon instead of showing it: the same characters as in src/cli/show/printable.ts.
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def printable(text: str) -> str:
    """Escape sequences and marks of direction written out, as they may stand in paths, ids and what a model wrote."""
    return ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def storage_error(action: str, error: OSError) -> UserError:
    """What the operating system says about a file, as one line. `action` as in "write runs/a/events.jsonl"."""
    ways_out = {
        errno.ENOSPC: ("the disk is full", "free some space and start the same command again"),
        errno.EDQUOT: ("the disk quota is used up", "free some space and start the same command again"),
        errno.EACCES: ("permission denied", "choose another place, or change its permissions"),
        errno.EROFS: ("the file system is read-only", "choose another place"),
        errno.ENOENT: ("it is not there", "check the path"),
        errno.EISDIR: ("it is a directory", "name a file"),
        errno.ENOTDIR: ("a part of the path is a file", "choose another place"),
    }
    state, way_out = ways_out.get(error.errno or 0, (error.strerror or str(error), "check the disk and the path"))
    return UserError(f"Cannot {action}: {state}; {way_out}")
