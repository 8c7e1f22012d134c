#!/bin/sh
# What SQLite's Python neighbours do with ordinary work, other than one would guess. Nothing of this project is run.
# Needs python3.11 or newer and a package index; works in a temporary folder. Ends with 0 while all is as told, else with 1.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  SQLAlchemy==2.1.9 alembic==1.20.1 sqlcipher3==0.6.4
cd "$place"
"$place/venv/bin/python" - <<'PYTHON'
import sqlite3
import sys
from importlib.metadata import version

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlcipher3 import dbapi2 as sqlcipher


def show(title, expected, got, as_told):
    print(f"\n{title}\n  one would guess: {expected}\n  it gives:        {got}")
    if got != as_told:
        print("  CHANGED: this is not what was told")
        sys.exit(1)


for name in ("SQLAlchemy", "alembic", "sqlcipher3"):
    print(name, version(name))
print("sqlite3 of Python", sys.version.split()[0], "with SQLite", sqlite3.sqlite_version)


# 1. The page on batch migrations says of foreign keys that are enforced: the table is dropped, "if foreign keys refer to
#    it, this will raise an error", so they must be disabled. Rows that hang on it with ON DELETE CASCADE or SET NULL raise
#    none: dropping a table deletes its rows first, and that reaches them. With the env.py of `alembic init` it is the same.
def migrated(*before, on_delete="CASCADE"):
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    sa.event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA foreign_keys = ON"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE grp (id INTEGER PRIMARY KEY, name VARCHAR)")
        connection.exec_driver_sql(
            f"CREATE TABLE meeting (id INTEGER PRIMARY KEY, grp INTEGER REFERENCES grp (id) ON DELETE {on_delete})"
        )
        connection.exec_driver_sql("INSERT INTO grp VALUES (1, 'Tuesdays')")
        connection.exec_driver_sql("INSERT INTO meeting VALUES (1, 1), (2, 1), (3, 1)")
    with engine.begin() as connection:
        op = Operations(MigrationContext.configure(connection))
        for statement in before:
            op.execute(statement)
        with op.batch_alter_table("grp") as batch:
            batch.alter_column("name", new_column_name="title")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT count(*), count(grp) FROM meeting").one()
    return f"{rows[0]} meetings, {rows[1]} of them with a group"


show(
    "1. alembic: batch_alter_table('grp') renames a column, three meetings refer to the group with ON DELETE CASCADE",
    "an error, as its page says, or 3 meetings",
    migrated(),
    "0 meetings, 0 of them with a group",
)
show(
    "   the same with ON DELETE SET NULL",
    "an error, or 3 meetings with a group",
    migrated(on_delete="SET NULL"),
    "3 meetings, 0 of them with a group",
)

# 2. The remedy is to disable the pragma. SQLite ignores it within a transaction, without a word, and Python's driver
#    begins one at the first change of a row: so the same line in a migration works or not by what stands above it.
off = "PRAGMA foreign_keys = OFF"
show(
    "2. alembic: op.execute('PRAGMA foreign_keys = OFF') first, then the batch",
    "3 meetings",
    migrated(off),
    "3 meetings, 3 of them with a group",
)
show(
    "   the same, with an UPDATE of a single row above that line",
    "3 meetings",
    migrated("UPDATE grp SET name = 'Wednesdays'", off),
    "0 meetings, 0 of them with a group",
)


# 3. Connection.backup where another process holds a lock: `timeout` is for statements. It tries for ever, and only
#    `progress`, which is called at each try, can end it.
class Enough(Exception):
    pass


def backed_up(driver, name):
    holder = driver.connect(f"{name}.db")
    holder.execute("CREATE TABLE t (x)")
    holder.commit()
    holder.execute("BEGIN EXCLUSIVE")
    source = driver.connect(f"{name}.db", timeout=0)
    try:
        source.execute("SELECT x FROM t")
    except driver.OperationalError as error:
        words = f"a statement: {error.sqlite_errorname} at once"
    tries = []

    def count(status, _remaining, _total):
        tries.append(status)
        if len(tries) == 50:
            raise Enough

    target = driver.connect(f"{name}-copy.db", timeout=0)
    try:
        source.backup(target, progress=count, sleep=0.001)
    except Enough:
        return f"{words}; backup: {len(tries)} tries, each told {set(tries)}, until it is stopped"
    return words


for driver, name in ((sqlite3, "sqlite3"), (sqlcipher, "sqlcipher3")):
    show(
        f"3. {name}: connect(…, timeout=0).backup(target) while somebody else has locked the file",
        "database is locked, at once",
        backed_up(driver, name),
        "a statement: SQLITE_BUSY at once; backup: 50 tries, each told {5}, until it is stopped",
    )


# 4. Python 3.11 gave errors their name (sqlite_errorname). Those of sqlcipher3 have it too, but not from backup.
def named(error):
    return getattr(error, "sqlite_errorname", "AttributeError")


def full(driver, name):
    names = []
    source = driver.connect(":memory:")
    source.execute("CREATE TABLE t (x)")
    source.executemany("INSERT INTO t VALUES (?)", [("x" * 1000,)] * 200)
    source.commit()
    for number, work in enumerate((lambda to: to.execute("CREATE TABLE t AS SELECT zeroblob(90000)"), source.backup)):
        target = driver.connect(f"{name}-full-{number}.db")
        target.execute("PRAGMA max_page_count = 5")
        try:
            work(target)
        except driver.OperationalError as error:
            names.append(f"{error}: {named(error)}")
    return " · ".join(names)


words = "database or disk is full: "
for driver, name, last in ((sqlite3, "sqlite3", "SQLITE_FULL"), (sqlcipher, "sqlcipher3", "AttributeError")):
    show(
        f"4. {name}: error.sqlite_errorname where a statement and where backup finds no room",
        "SQLITE_FULL from both",
        full(driver, name),
        f"{words}SQLITE_FULL · {words}{last}",
    )
print("\nAll as told.")
PYTHON
