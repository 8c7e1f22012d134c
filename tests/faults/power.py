"""What a power cut leaves: every write and flush that SQLite asks for is recorded, then replayed up to a cut.

SQLite lets a program put itself between it and the system (https://sqlite.org/vfs.html). The recorder does so in this
process, through the functions that the driver exports: no tracing of processes, no further software.

After a cut, what was written before a file's last flush is there. Of what came later, the disk may have kept nothing,
everything, or any of it, and of a single write only some sectors. Names of files are taken as kept at once, so a
journal that is deleted looks a little safer than it is; ours is truncated.
"""

from __future__ import annotations

import ctypes
import random
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, cast
from dataclasses import dataclass, field
from pathlib import Path

from sqlcipher3 import _sqlite3 as driver

SECTOR = 512
_NAME = b"recorder"
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(Structure):
    """sqlite3_vfs of version 3, with the functions that are replaced by name."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("others", c_void_p * 14),
    )


class _Methods(Structure):
    """sqlite3_io_methods of version 3."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("others", c_void_p * 13),
    )


@dataclass(frozen=True)
class Step:
    """One thing that the system was asked for, or "done": the leader was told that it is saved."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Recording:
    """The files as they were, and all steps since."""

    before: dict[str, bytes]
    steps: list[Step] = field(default_factory=list)

    def done(self) -> None:
        """What was asked for so far has been told as saved."""
        self.steps.append(Step("done"))

    def saved_before(self, cut: int) -> int:
        """How many times "saved" was told before a cut."""
        return sum(step.kind == "done" for step in self.steps[:cut])

    def cut(self, cut: int, dice: random.Random) -> dict[str, bytes]:
        """The files as a power cut after so many steps may leave them."""
        files = {name: bytearray(data) for name, data in self.before.items()}
        waiting: dict[str, list[Step]] = {}
        for step in self.steps[:cut]:
            if step.kind == "sync":
                _apply(files, waiting.pop(step.file, []))
            elif step.kind == "delete":
                waiting.pop(step.file, None)
                files.pop(step.file, None)
            elif step.kind != "done":
                waiting.setdefault(step.file, []).append(step)
        for steps in waiting.values():
            _apply(files, _surviving(steps, dice))
        return {name: bytes(data) for name, data in files.items()}


def _surviving(steps: list[Step], dice: random.Random) -> list[Step]:
    """What the disk kept of what was not flushed."""
    fate = dice.choice(("nothing", "everything", "some", "torn"))
    if fate == "nothing":
        return []
    if fate == "everything":
        return steps
    some = [step for step in steps if dice.random() < 0.5]
    return some if fate == "some" else [part for step in some for part in _torn(step, dice)]


def _torn(step: Step, dice: random.Random) -> list[Step]:
    """Some of the sectors of one write."""
    if step.kind != "write":
        return [step]
    starts = [start for start in range(0, len(step.data), SECTOR) if dice.random() < 0.5]
    return [Step("write", step.file, step.at + start, step.data[start : start + SECTOR]) for start in starts]


def _apply(files: dict[str, bytearray], steps: list[Step]) -> None:
    for step in steps:
        data = files.setdefault(step.file, bytearray())
        if step.kind == "truncate":
            del data[step.at :]
            continue
        data.extend(bytes(max(0, step.at - len(data))))
        data[step.at : step.at + len(step.data)] = step.data


@contextmanager
def recording(path: Path) -> Iterator[Recording]:
    """Record what happens to the files whose names begin with that of `path`; connections must be made inside."""
    library = ctypes.CDLL(driver.__file__)
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    usual = library.sqlite3_vfs_find(None)
    between = _Between(usual.contents, path)
    library.sqlite3_vfs_register(ctypes.byref(between.vfs), 1)
    try:
        yield between.recording
    finally:
        library.sqlite3_vfs_register(usual, 1)
        library.sqlite3_vfs_unregister(ctypes.byref(between.vfs))
        _kept_for_ever.append(between)  # a connection that is still open goes on through it


_kept_for_ever: list[_Between] = []


class _Between:
    """Stands between SQLite and the system: hands everything on, and notes what changes a file."""

    def __init__(self, usual: _Vfs, path: Path) -> None:
        self.path = path
        self.recording = Recording({file.name: file.read_bytes() for file in path.parent.glob(path.name + "*")})
        self.vfs = _Vfs.from_buffer_copy(usual)
        self.vfs.name = _NAME
        self._usual_open, self._usual_delete = cast(usual.open, _OPEN), cast(usual.delete, _DELETE)
        self._open, self._delete = _OPEN(self.open), _DELETE(self.delete)
        self.vfs.open, self.vfs.delete = cast(self._open, c_void_p), cast(self._delete, c_void_p)
        self._callbacks = (_WRITE(self.write), _TRUNCATE(self.truncate), _SYNC(self.sync))
        self._tables: dict[int, tuple[_Methods, _Methods]] = {}  # by address: SQLite's own, and ours
        self._files: dict[int, tuple[str, _Methods]] = {}

    def note(self, kind: str, name: str, at: int = 0, data: bytes = b"") -> None:
        if name.startswith(self.path.name):
            self.recording.steps.append(Step(kind, name, at, data))

    def open(self, vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        code = self._usual_open(vfs, name, file, flags, out)
        methods = cast(file, POINTER(c_void_p))
        if code == 0 and methods[0]:
            usual, ours = self._table(methods[0])
            methods[0] = ctypes.addressof(ours)
            self._files[file] = (Path(ctypes.string_at(name).decode()).name if name else "", usual)
        return int(code)

    def _table(self, address: int) -> tuple[_Methods, _Methods]:
        """What a kind of file can do, as SQLite has it and with ours put in."""
        if address not in self._tables:
            usual = cast(address, POINTER(_Methods)).contents
            ours = _Methods.from_buffer_copy(usual)
            for name, callback in zip(("write", "truncate", "sync"), self._callbacks, strict=True):
                setattr(ours, name, cast(callback, c_void_p))
            self._tables[address] = (usual, ours)
        return self._tables[address]

    def delete(self, vfs: int, name: bytes, flush: int) -> int:
        self.note("delete", Path(name.decode()).name)
        return int(self._usual_delete(vfs, name, flush))

    def write(self, file: int, data: int, length: int, at: int) -> int:
        name, usual = self._files[file]
        self.note("write", name, at, ctypes.string_at(data, length))
        return int(cast(usual.write, _WRITE)(file, data, length, at))

    def truncate(self, file: int, size: int) -> int:
        name, usual = self._files[file]
        self.note("truncate", name, size)
        return int(cast(usual.truncate, _TRUNCATE)(file, size))

    def sync(self, file: int, flags: int) -> int:
        name, usual = self._files[file]
        self.note("sync", name)
        return int(cast(usual.sync, _SYNC)(file, flags))
