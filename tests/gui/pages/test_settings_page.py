"""Settings: every choice takes effect at once and is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator import i18n, paths
from rop_facilitator.documents.page import local_help_number
from rop_facilitator.documents.page.help_numbers import (
    contacts_for,
    contacts_path,
    known_contacts,
    load_contacts,
    safety_contacts,
)
from rop_facilitator.documents.page.page_variables import USES
from rop_facilitator.gui.pages.settings_page import SettingsPage
from rop_facilitator.gui.pages.settings_page.closures_part import ClosuresPart
from rop_facilitator.gui.pages.settings_page.page import PARTS
from rop_facilitator.gui.printing import recovery_code_paper
from rop_facilitator.gui.routes import Route
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.backup.backup_list import backup_folder
from rop_facilitator.records.backup.create_backup import SUFFIX
from rop_facilitator.records.group.groups import find_group, take_out
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Participant
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.vault import WrongPassphraseError
from rop_facilitator.settings import load_settings
from tests.gui.conftest import LEADER, NOW, PASSPHRASE, Clock, Opened, click, settle, type_in

NEW = "fire helt nye ord"


def part(window: MainWindow, name: str) -> object:
    if not isinstance(window.page, SettingsPage):
        window.go("settings", name)
    assert isinstance(window.page, SettingsPage)
    window.page.show_part(name)
    settle(window)
    return window.page.shown


def words(window: MainWindow) -> list[str]:
    settle(window)
    assert window.page is not None
    return [label.text() for label in window.page.findChildren(QLabel) if label.isVisible()]


def button(window: MainWindow, text: str) -> Button:
    settle(window)
    assert window.page is not None
    return next(one for one in window.page.findChildren(Button) if one.isVisible() and one.text() == text)


@pytest.mark.parametrize("name", list(PARTS))
def test_every_part_opens_by_click(window_on: Opened, records: Path, name: str) -> None:
    window = window_on(records)
    window.go("settings")
    page = window.page
    assert isinstance(page, SettingsPage)
    click(page._items[name])
    settle(window)
    assert page.part == name
    assert len(words(window)) > 3


def test_the_look_changes_at_once_and_is_kept(window_on: Opened, records: Path, qapp: QApplication) -> None:
    window = window_on(records)
    part(window, "looks").colours.choose(2)
    assert theme.now().name == "dark"
    part(window, "looks").text_size.choose(4)
    assert theme.text_scale() == 2.0
    part(window, "looks").reading.setValue(22)
    part(window, "looks").languages.choose(1)
    assert i18n.language() == "en"
    kept = load_settings()
    assert (kept.theme, kept.text_percent, kept.reading_px, kept.language) == ("dark", 200, 22, "en")


def test_another_leader_gets_an_own_passphrase(window_on: Opened, records: Path, now: Clock) -> None:
    window = window_on(records)
    leaders = part(window, "leaders")
    type_in(leaders.new_name, "Per")
    type_in(leaders.new_passphrase, NEW)
    type_in(leaders.new_again, "noe annet")
    click(leaders.add)
    assert leaders.new_again_field.fault()
    leaders.new_again.clear()
    type_in(leaders.new_again, NEW)
    click(leaders.add)
    assert "Per" in words(window)
    window.close()
    opened = unlock_database(records, "Per", NEW, clock=now)
    assert opened.leader_name == "Per"
    opened.close()


def test_access_goes_after_a_second_press(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    window.context.database.add_leader("Per", NEW)
    part(window, "leaders")
    click(button(window, "Ta bort tilgang …"))
    assert Database.leaders_of(records) == [LEADER, "Per"]
    click(button(window, "Ja, Per skal ikke lenger kunne åpne det"))
    assert Database.leaders_of(records) == [LEADER]


def test_the_passphrase_changes_only_for_who_knows_it(window_on: Opened, records: Path, now: Clock) -> None:
    window = window_on(records)
    leaders = part(window, "leaders")
    type_in(leaders.old, "noe helt annet")
    type_in(leaders.renewed, NEW)
    type_in(leaders.renewed_again, NEW)
    click(leaders.change)
    settle(window)
    assert leaders.old_field.fault()
    leaders.old.clear()
    type_in(leaders.old, PASSPHRASE)
    click(leaders.change)
    settle(window)
    window.close()
    with pytest.raises(WrongPassphraseError):
        unlock_database(records, LEADER, PASSPHRASE, clock=now)
    unlock_database(records, LEADER, NEW, clock=now).close()


def test_the_recovery_code_prints_only_for_who_knows_the_passphrase(
    window_on: Opened, records: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def print_it(_parent: object, groups: list[str], *, on: date) -> bool:
        printed.append("-".join(groups))
        return True

    monkeypatch.setattr(recovery_code_paper, "print_recovery", print_it)
    window = window_on(records)
    leaders = part(window, "leaders")
    click(leaders.print)
    settle(window)
    assert printed == []
    type_in(leaders.old, PASSPHRASE)
    click(leaders.print)
    settle(window)
    assert printed == [code]


def test_a_backup_now_is_told_and_counted(window_on: Opened, records: Path, tmp_path: Path) -> None:
    extra = tmp_path / "stick"
    window = window_on(records, backup_folder=str(extra))
    backups = part(window, "backup")
    assert "Ingen sikkerhetskopi ennå" in words(window)
    click(backups.take)
    settle(window)
    assert "Siste kopi: i dag 08.35" in words(window)
    assert "Prøvd og hel · 1 kopi" in words(window)
    assert len(list(backup_folder(records).glob("*" + SUFFIX))) == 1
    assert len(list(extra.glob("*" + SUFFIX))) == 1


def test_a_backup_that_cannot_be_taken_is_told(window_on: Opened, records: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    window = window_on(records, backup_folder=str(tmp_path / "file" / "stick"))
    backups = part(window, "backup")
    click(backups.take)
    settle(window)
    assert backups.strip.isVisible()
    assert backups.take.isEnabled()


def test_fetching_one_back_locks_and_goes_to_the_door(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    click(part(window, "backup").fetch)
    settle(window)
    assert window.route == Route("restore")
    assert not window.context.is_open


def test_idle_minutes(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    part(window, "backup").idle.choose(2)
    assert load_settings().idle_minutes == 30


def test_our_number_reaches_the_papers(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    numbers = part(window, "numbers")
    numbers.number.clear()
    type_in(numbers.number, "55 12 34 56\n")
    contacts, checked = contacts_for("nb")
    assert contacts[-1].number.replace("\u00a0", " ") == "55 12 34 56"
    assert checked == ""
    click(button(window, "Jeg har kontrollert dem i dag"))
    assert "24. november 2026" in contacts_for("nb")[1]
    assert contacts_path().parent == paths.data_folder()
    assert load_contacts(contacts_path())[1] == []
    assert {contact.use for contact in load_contacts(contacts_path())[0]} == set(USES)


def test_each_number_tells_where_it_prints_and_is_checked_by_itself(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    numbers = part(window, "numbers")
    at = next(at for at, contact in enumerate(numbers.contacts) if contact.use == "emergency")
    assert numbers.notes[at].text() == "På ark til deltakerne og på siden for trygg gruppe · ikke kontrollert ennå"
    click(
        next(b for b in numbers.findChildren(Button) if b.accessibleName() == "Medisinsk nødtelefon: kontrollert i dag")
    )
    assert numbers.notes[at].text().endswith("· kontrollert 24. november 2026")
    checked = {contact.use for contact in known_contacts()[0] if contact.checked}
    assert checked == {"emergency"}
    assert contacts_for("nb")[1] == ""


def test_a_local_number_is_kept_and_checked_anew_when_it_changes(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    numbers = part(window, "numbers")
    at = next(at for at, contact in enumerate(numbers.contacts) if contact.use == "shelter")
    assert numbers.notes[at].text() == "Skrives ikke ut så lenge det er tomt."
    type_in(numbers.local[at], "55 66 77 88\n")
    assert numbers.notes[at].text() == "På siden for trygg gruppe · ikke kontrollert ennå"
    click(button(window, "Jeg har kontrollert dem i dag"))
    numbers = part(window, "numbers")
    assert numbers.notes[at].text() == "På siden for trygg gruppe · kontrollert 24. november 2026"
    assert ("Krisesenteret", NOW.date()) in [(contact.name, day) for contact, day in safety_contacts("nb")]
    assert "naloxone" not in {contact.use for contact in known_contacts()[0] if contact.checked}
    numbers.local[at].clear()
    type_in(numbers.local[at], "55 66 77 99\n")
    assert numbers.notes[at].text() == "På siden for trygg gruppe · ikke kontrollert ennå"


def test_the_number_keeps_its_words_in_the_other_language(qapp: QApplication) -> None:
    before, _problems = known_contacts()
    local = local_help_number.local_contact(before)
    assert local is not None
    after = local_help_number.with_local(before, number="1", name="Oss", when="Nå", language="nb")
    changed = local_help_number.local_contact(after)
    assert changed is not None
    assert (changed.name["en"], changed.when["en"]) == (local.name["en"], local.when["en"])


def test_who_has_left_can_be_deleted_for_good(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    part(window, "deletion")
    assert "Ingen har sluttet i alle grupper" in words(window)
    with window.context.write(Action.PERSON_TAKEN_OUT) as db:
        group = find_group(db, "Tirsdagsgruppa")
        take_out(db, next(m for m in group.memberships if m.participant.name == "Lars"), on=NOW.date())
    part(window, "deletion")
    assert "Lars" in words(window)
    click(button(window, "Slett for godt …"))
    with window.context.read() as db:
        assert db.query(Participant).filter_by(name="Lars").count() == 1
    click(button(window, "Ja, slett for godt"))
    with window.context.read() as db:
        assert db.query(Participant).filter_by(name="Lars").count() == 0
    assert "Lars" not in words(window)
    assert "februar 2027" in window.toast.text()


def test_hidden_names_are_not_listed_for_deletion(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    with window.context.write(Action.PERSON_TAKEN_OUT) as db:
        group = find_group(db, "Tirsdagsgruppa")
        take_out(db, next(m for m in group.memberships if m.participant.name == "Lars"), on=NOW.date())
    part(window, "deletion")
    window.context.hide_names(True)
    assert "Lars" not in words(window)
    assert "Navn er skjult" in words(window)


class Laid(QObject):
    """Counts what is laid out; far too often, and it hides what would not stop by itself."""

    def __init__(self, area: QWidget) -> None:
        super().__init__()
        self.times, self._area = 0, area

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize)
        if self.times == 3000:
            self._area.hide()
        return False


def test_a_row_with_a_long_path_comes_to_rest(
    window_on: Opened, records: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Side by side it asked for the room in which it lay side by side, below one another for less, without end."""
    window = window_on(records, system_font=True)
    window.resize(700, 1000)
    seen = Laid(window)
    for letters in range(20, 80, 2):
        part(window, "numbers")
        monkeypatch.setattr(window.context.database, "path", Path("/" + "n" * letters) / "walk.rop")
        seen.times = 0
        qapp.installEventFilter(seen)
        part(window, "folders")
        qapp.processEvents()
        qapp.removeEventFilter(seen)
        assert window.isVisible(), letters


def test_a_part_that_one_comes_back_to_is_made_once(
    window_on: Opened, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_on(records)
    window.go("settings", "closures")
    window.go("today")
    times: list[str] = []
    monkeypatch.setitem(PARTS, "closures", lambda context: times.append("") or ClosuresPart(context))
    window.go("settings", "closures")
    assert isinstance(window.page, SettingsPage)
    assert (window.page.part, len(times)) == ("closures", 1)
