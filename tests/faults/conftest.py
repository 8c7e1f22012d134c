"""The fixtures of the records, for the tests that break things."""

from tests.records.conftest import code, database, leader_id, made_once, path

__all__ = ["code", "database", "leader_id", "made_once", "path"]
