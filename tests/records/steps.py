"""What tests of the records look at again and again: rows, pages of the file, what may not leak."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import select
from sqlalchemy.orm import Session

from rop_facilitator.records.log.audit_log import values_of
from rop_facilitator.records.models import AuditChange, AuditEvent, Base
from rop_facilitator.records.storage.database import Database

AUDITED = [m.class_ for m in Base.registry.mappers if m.class_ not in (AuditEvent, AuditChange)]


def rows(db: Session) -> dict[tuple[str, int], dict[str, object]]:
    """Everything in the file, as the log would write it."""
    return {(kind.__tablename__, row.id): values_of(row) for kind in AUDITED for row in db.scalars(select(kind))}


def decrypted(path: Path, key: bytes) -> bytes:
    """Every page of the file in the clear, unused ones too. AES-256-CBC; 80 reserved bytes begin with the IV."""
    data, clear = path.read_bytes(), b""
    for start in range(0, len(data), 4096):
        page = data[start : start + 4096]
        body = page[16:4016] if start == 0 else page[:4016]
        reader = Cipher(algorithms.AES(key), modes.CBC(page[4016:4032])).decryptor()
        clear += reader.update(body) + reader.finalize()
    return clear


def spare_pages(database: Database) -> int:
    """Pages that hold no rows any more; tidying the file gives them back."""
    handle = database.handle()
    try:
        return int(handle.execute("PRAGMA freelist_count").fetchone()[0])
    finally:
        handle.close()


CANARY = "Kanarifugl"


def hits(*folders: Path) -> list[str]:
    """The files below that hold the canary, in any of the ways a database writes text."""
    forms = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        file.name
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file() and any(form in file.read_bytes() for form in forms)
    ]


FILES = Path(__file__).parent / "migrations" / "files"
