"""Older files brought up to date, whole or not at all, after a backup."""

import re
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from rop_facilitator.records import migrations
from rop_facilitator.records.backup.backup_list import backup_folder, read_backup
from rop_facilitator.records.backup.restore_backup import restore
from rop_facilitator.records.models import SCHEMA_VERSION, Base
from rop_facilitator.records.storage import opening
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import connect, open_engine
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.vault import keys_path, new_key, parse_recovery_code
from tests.records.conftest import NOW, PASSPHRASE, clock

REVISION = """
from alembic import op
import sqlalchemy as sa
revision = "{new:04d}"
down_revision = "{old:04d}"
def upgrade():
    with op.batch_alter_table("participant", recreate="always") as table:
        table.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
    {more}
"""


def migrated(path: Path, key: bytes) -> None:
    path.touch()
    migrations.upgrade(path, key)


def schema_of(path: Path, key: bytes) -> list[str]:
    handle = connect(path, key, writing=False)
    statements = [sql for (sql,) in handle.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    handle.close()
    # The order of the columns counts; that of the constraints and quotes around names do not.
    whole = (" ".join(sql.replace('"', "").split()).removesuffix(")").strip() for sql in statements)
    split = (re.split(", (?=FOREIGN|UNIQUE)", sql) for sql in whole)
    return sorted(" | ".join([columns, *sorted(constraints)]) for columns, *constraints in split)


def test_new_files_and_migrated_files_agree(tmp_path: Path, made_once: tuple[Path, str]) -> None:
    key = new_key()
    migrated(tmp_path / "old.rop", key)
    assert schema_of(tmp_path / "old.rop", key) == schema_of(made_once[0], parse_recovery_code(made_once[1]))
    engine = open_engine(tmp_path / "old.rop", key, writing=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA_VERSION
    engine.dispose()


def test_a_file_of_the_first_version_keeps_its_rows(tmp_path: Path) -> None:
    """Rows and ids stay, new columns have their first values, and an id that was given is never given again."""
    path, key = tmp_path / "old.rop", new_key()
    path.touch()
    migrations.upgrade(path, key, to=1)
    handle = connect(path, key, writing=True)
    handle.executescript(
        """
        INSERT INTO "group" (id, name, weekdays, start, minutes, place, first_date, closures, names_shown,
            name_on_sheets, is_sample) VALUES (7, 'g', '[1]', '13:00', 90, '', '2026-11-24', '[]', 'alias', 0, 0);
        INSERT INTO group_session (id, group_id, session_id, position, title) VALUES (3, 7, 'c/s', 1, 'S');
        INSERT INTO meeting (id, group_id, number, on_date, start, minutes, place, state, leader)
            VALUES (5, 7, 1, '2026-11-24', '13:00', 90, '', 'planned', '');
        INSERT INTO meeting (id, group_id, on_date, start, minutes, place, state, leader)
            VALUES (9, 7, '2026-12-01', '13:00', 90, '', 'cancelled', '');
        DELETE FROM meeting WHERE id = 9;
        INSERT INTO meeting_session (id, meeting_id, group_session_id, position, part, title)
            VALUES (2, 5, 3, 0, 1, 'S');
        """
    )
    handle.close()
    migrations.upgrade(path, key)
    handle = connect(path, key, writing=True)
    assert handle.execute("SELECT id, slot, changed, reason FROM meeting").fetchall() == [(5, "2026-11-24", 0, "")]
    assert handle.execute("SELECT id, round, joined, parts, skipped, reason, course FROM group_session").fetchall() == [
        (3, 1, 0, 1, 0, "", "")
    ]
    assert handle.execute("SELECT id, part, parts, rest FROM meeting_session").fetchall() == [(2, 1, 1, 0)]
    assert handle.execute('SELECT id, extra_days, call_after FROM "group"').fetchall() == [(7, "[]", 2)]
    assert handle.execute('SELECT later_patterns, leaders, archived FROM "group"').fetchall() == [("[]", "[]", None)]
    assert handle.execute('SELECT name_on_paper, themes_on_plans FROM "group"').fetchall() == [("", 0)]
    handle.execute(
        "INSERT INTO meeting (group_id, on_date, start, minutes, place, state, leader, slot, changed, reason, started)"
        " VALUES (7, '2026-12-08', '13:00', 90, '', 'planned', '', '2026-12-08', 0, '', 0)"
    )
    assert handle.execute("SELECT max(id) FROM meeting").fetchone() == (10,)
    handle.close()


def test_meetings_held_in_an_older_program_keep_that_they_were_started(tmp_path: Path) -> None:
    """Started by the button, told by its outcome, or held without a present mark; not where marks alone tell it."""
    path, key = tmp_path / "old.rop", new_key()
    path.touch()
    migrations.upgrade(path, key, to=2)
    handle = connect(path, key, writing=True)
    held = [(n, "planned" if n == 6 else "held") for n in range(1, 7)]
    handle.executescript(
        """
        INSERT INTO "group" (id, name, weekdays, start, minutes, place, first_date, closures, extra_days, call_after,
            names_shown, name_on_sheets, is_sample)
            VALUES (1, 'g', '[1]', '13:00', 90, '', '2026-11-24', '[]', '[]', 2, 'alias', 0, 0);
        INSERT INTO participant (id, name, alias) VALUES (1, 'Kari', '');
        INSERT INTO membership (id, group_id, participant_id, number, joined, status, contact)
            VALUES (1, 1, 1, 1, '2026-11-24', 'active', '');
        INSERT INTO group_session (id, group_id, session_id, position, title, round, joined, parts, skipped, reason)
            VALUES (1, 1, 'c/s', 1, 'S', 1, 0, 1, 0, '');
        """
    )
    for number, state in held:
        handle.execute(
            "INSERT INTO meeting (id, group_id, on_date, start, minutes, place, state, leader, slot, changed, reason)"
            " VALUES (?, 1, ?, '13:00', 90, '', ?, 'Marit', '2026-11-24', 0, '')",
            (number, f"2026-11-{number:02}", state),
        )
    marks = {1: "late", 2: "present", 3: "present", 4: None, 5: "absent", 6: "absent"}
    for number, mark in marks.items():
        handle.execute(
            "INSERT INTO attendance (meeting_id, membership_id, mark, handout_given, agreed_practice)"
            " VALUES (?, 1, ?, 0, '')",
            (number, mark),
        )
    handle.executescript(
        """
        INSERT INTO meeting_session (meeting_id, group_session_id, position, part, parts, rest, title, outcome)
            VALUES (2, 1, 0, 1, 1, 0, 'S', 'done');
        INSERT INTO audit_event (id, at, action, arguments) VALUES (1, '2026-11-03', 'meeting started', '{}');
        INSERT INTO audit_event (id, at, action, arguments) VALUES (2, '2026-11-01', 'attendance marked', '{}');
        INSERT INTO audit_change (event_id, row_table, row_id, field, new) VALUES (1, 'meeting', 3, 'state', '"held"');
        INSERT INTO audit_change (event_id, row_table, row_id, field, new) VALUES (2, 'meeting', 1, 'state', '"held"');
        """
    )
    handle.close()
    migrations.upgrade(path, key)
    handle = connect(path, key, writing=False)
    rows = handle.execute("SELECT id, state, started, leader FROM meeting ORDER BY id").fetchall()
    assert rows == [
        (number, state, started, "Marit") for (number, state), started in zip(held, (0, 1, 1, 1, 1, 0), strict=True)
    ]
    handle.close()


def test_the_newest_revision_has_the_number_of_the_schema(database: Database) -> None:
    with database.read() as db:
        scripts = ScriptDirectory.from_config(migrations.config_for(db.connection()))
        stamped = db.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    assert scripts.get_current_head() == f"{SCHEMA_VERSION:04d}" == stamped


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that is one schema ahead; its new revision can be replaced."""
    folder = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, folder)
    revision = folder / "versions" / f"{SCHEMA_VERSION + 1:04d}_next.py"
    revision.write_text(REVISION.format(new=SCHEMA_VERSION + 1, old=SCHEMA_VERSION, more="pass"))
    real = migrations.upgrade
    monkeypatch.setattr(opening, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(migrations, "upgrade", lambda path, key: real(path, key, folder=folder, to=SCHEMA_VERSION + 1))
    return revision


def version_of(path: Path, key: bytes) -> int:
    handle = connect(path, key, writing=False)
    version: int = handle.execute("PRAGMA user_version").fetchone()[0]
    handle.close()
    return version


def add_people(path: Path, key: bytes) -> None:
    handle = connect(path, key, writing=True)
    handle.execute(
        'INSERT INTO "group" (id, name, name_on_paper, weekdays, start, minutes, place, first_date, closures,'
        " extra_days, later_patterns, leaders, call_after, names_shown, name_on_sheets, themes_on_plans, is_sample)"
        " VALUES (1, 'g', '', '[1]', '13:00', 90, '', '2026-11-24', '[]', '[]', '[]', '[]', 2, 'alias', 0, 0, 0)"
    )
    handle.execute("INSERT INTO participant (id, name, alias) VALUES (1, 'Kåre', '')")
    handle.execute(
        "INSERT INTO membership (id, group_id, participant_id, number, status, contact)"
        " VALUES (1, 1, 1, 1, 'active', '')"
    )
    handle.execute("INSERT INTO period (membership_id, first_day) VALUES (1, '2026-11-24')")
    handle.close()


def test_an_older_file_is_backed_up_and_brought_up_to_date(path: Path, code: str, next_version: Path) -> None:
    key = parse_recovery_code(code)
    add_people(path, key)
    unlock_database(path, None, PASSPHRASE, clock=clock).close()
    assert version_of(path, key) == SCHEMA_VERSION + 1
    handle = connect(path, key, writing=False)
    assert handle.execute("SELECT name, note FROM participant").fetchall() == [("Kåre", "")]
    # The parent table was rebuilt; its children are still there.
    assert handle.execute("SELECT count(*) FROM membership").fetchone() == (1,)
    handle.close()
    (saved,) = backup_folder(path).iterdir()
    assert (read_backup(saved).schema, read_backup(saved).at) == (SCHEMA_VERSION, NOW)
    restore(saved, path.with_name("before.rop"))
    assert version_of(path.with_name("before.rop"), key) == SCHEMA_VERSION


def test_a_migration_that_fails_leaves_the_old_file(path: Path, code: str, next_version: Path) -> None:
    key = parse_recovery_code(code)
    add_people(path, key)
    old = schema_of(path, key)
    next_version.write_text(REVISION.format(new=SCHEMA_VERSION + 1, old=SCHEMA_VERSION, more="raise ZeroDivisionError"))
    with pytest.raises(ZeroDivisionError):
        unlock_database(path, None, PASSPHRASE, clock=clock)
    assert version_of(path, key) == SCHEMA_VERSION
    assert schema_of(path, key) == old


def test_a_migration_that_orphans_rows_is_not_kept(path: Path, code: str, next_version: Path) -> None:
    key = parse_recovery_code(code)
    add_people(path, key)
    more = 'op.execute("DELETE FROM participant")'
    next_version.write_text(REVISION.format(new=SCHEMA_VERSION + 1, old=SCHEMA_VERSION, more=more))
    with pytest.raises(RuntimeError, match="point nowhere"):
        unlock_database(path, None, PASSPHRASE, clock=clock)
    assert version_of(path, key) == SCHEMA_VERSION


def test_reading_never_migrates(path: Path, next_version: Path) -> None:
    before = path.read_bytes(), keys_path(path).read_bytes()
    with pytest.raises(Exception, match="older program"):
        unlock_database(path, None, PASSPHRASE, clock=clock, for_writing=False)
    assert (path.read_bytes(), keys_path(path).read_bytes()) == before
