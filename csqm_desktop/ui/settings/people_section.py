"""The people of a workspace on the settings page: who signs in, as what; only leads may change it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from csqm_desktop.domain.permissions import MANAGE_PEOPLE, PersonRole
from csqm_desktop.store.people import Person
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.passphrase_dialogs import NewPassphraseDialog
from csqm_desktop.ui.signing_in import role_text
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import box, clear, column, row
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.text import Label


class PeopleSection(Translatable, Section):
    """A row for each person who signs in, and one to add somebody."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(spacing=SPACE.sm)
        self._context = context
        self.roles: dict[str, Combo] = {}
        self.removes: dict[str, IconButton] = {}
        self._rows: QVBoxLayout = column(spacing=SPACE.sm)
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.role = Combo()
        self.add_button = Button("", "plain", "user", self._ask_and_add)
        self.add_button.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.add_button.setEnabled(bool(text.strip())))
        self.own_button = Button("", "ghost", "lock", self._own_passphrase)
        self.tools.addWidget(self.own_button)
        adding = row(spacing=SPACE.sm)
        adding.addWidget(self.name, 1)
        adding.addWidget(self.role)
        adding.addWidget(self.add_button)
        self._adding = box(adding)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._adding)
        context.workspace_changed.connect(self.reload)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts."""
        self.set_texts(
            self.tr("People"),
            self.tr("Once a first person, a lead, has a passphrase, everybody signs in and may do what the role says."),
        )
        self.role.set_choices([(role.value, role_text(role.value)) for role in PersonRole])
        self.role.setAccessibleName(self.tr("Role of the new person"))
        self.name.setAccessibleName(self.tr("Name of the new person"))
        self.name.setPlaceholderText(self.tr("Name, as it stands beside reviews"))
        self.add_button.setText(self.tr("Add…"))
        self.own_button.setText(self.tr("Change my passphrase…"))
        self.reload()

    def reload(self) -> None:
        """Read who is there; a few rows, so in place."""
        workspace = self._context.workspace
        self.setVisible(workspace is not None)
        clear(self._rows)
        self.roles.clear()
        self.removes.clear()
        if workspace is None:
            return
        manages, guarded = workspace.people.may(MANAGE_PEOPLE), workspace.people.guarded()
        self._adding.setVisible(manages)
        self.own_button.setVisible(workspace.actor is not None)
        self.role.setEnabled(guarded)
        if not guarded:
            self.role.set_value(PersonRole.LEAD.value)
        for person in workspace.people.list() if manages and guarded else ():
            if person.signs_in:
                self._rows.addWidget(self._row(person))

    def _row(self, person: Person) -> Any:
        role, name = Combo(), person.name
        role.set_choices([(each.value, role_text(each.value)) for each in PersonRole])
        role.set_value(person.role.value)
        role.setAccessibleName(self.tr("Role of {name}").format(name=name))
        role.picked.connect(lambda value: self.change_role(name, str(value)))
        remove = IconButton("x", self.tr("Remove {name}").format(name=name), partial(self._ask_and_remove, name))
        self.roles[name], self.removes[name] = role, remove
        return box(row(Label(name), None, role, remove))

    # -- changes

    def _ask_and_add(self) -> None:
        name, role = " ".join(self.name.text().split()), PersonRole(str(self.role.value))
        note = self.tr("{name} types it to sign in; it can be changed in the settings.").format(name=name)
        value = self._new_passphrase(self.tr("A passphrase for {name}").format(name=name), note)
        if value:
            self.add(name, role, value)

    def add(self, name: str, role: PersonRole, passphrase: str) -> None:
        """Add somebody."""
        people = self._context.open_workspace.people
        self._change(lambda: people.add(name, role, passphrase), self.name.clear)

    def change_role(self, name: str, role: str) -> None:
        """Give somebody another role."""
        people = self._context.open_workspace.people
        self._change(lambda: people.change_role(name, PersonRole(role)))

    def _ask_and_remove(self, name: str) -> None:
        title = self.tr("Remove {name}?").format(name=name)
        if self._context.notices.ask(title, self.tr("The reviews of this person stay."), self.tr("Remove")):
            self.remove(name)

    def remove(self, name: str) -> None:
        """Remove somebody; the reviews stay."""
        people = self._context.open_workspace.people
        self._change(lambda: people.retire(name))

    def _own_passphrase(self) -> None:
        actor = self._context.open_workspace.actor
        if actor is None:
            return
        value = self._new_passphrase(self.tr("Change my passphrase"), self.tr("It counts from the next time on."))
        if value:
            people = self._context.open_workspace.people
            self._change(lambda: people.set_passphrase(actor.name, value))

    def _new_passphrase(self, title: str, note: str) -> str:
        ready = self.tr("A lead can give a new one when it is forgotten.")
        dialog = NewPassphraseDialog(title, note, self.tr("Save"), self.window(), ready)
        return dialog.value if dialog.exec() else ""

    def _change(self, work: Callable[[], object], then: Callable[[], None] | None = None) -> None:
        """Do it off the window's thread (a passphrase is hashed slowly), then show what is true now."""

        def done(_result: object) -> None:
            if then is not None:
                then()
            self._context.person_changed()
            self.reload()

        def failed(error: Any) -> None:
            self._context.notices.error(error)
            self.reload()

        self._context.runner.query(work, done, failed, owner=self)
