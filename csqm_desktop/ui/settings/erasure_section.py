"""Erasing a customer from the settings page: who, what would go, and the last question."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from csqm_desktop.jobs.erase_customer import EraseCustomer, ErasurePreview, ErasureResult, Subject, preview
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.review.plain_text import one_line
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import Translatable
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import box, column, row
from csqm_desktop.ui.widgets.searchable_combo import Combo
from csqm_desktop.ui.widgets.text import Label

_KINDS = ("customer", "order", "conversation")


class ErasureSection(Translatable, Section):
    """Asks who is meant, shows what belongs to them, erases when that is confirmed."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(spacing=SPACE.sm)
        self._context = context
        self.by = Combo()
        self.who = QLineEdit()
        self.who.setMaxLength(200)
        self.look = Button("", "danger", "", self.look_up)
        self.look.setEnabled(False)
        self.who.textChanged.connect(lambda text: self.look.setEnabled(bool(text.strip())))
        line = row(spacing=SPACE.sm)
        line.addWidget(self.by)
        line.addWidget(self.who, 1)
        line.addWidget(self.look)
        self.body.addLayout(line)
        self.lifting = Label(role="caption", wrap=True)
        self.erasures = Combo()
        self.lift_button = Button("", "plain", "", self._ask_and_lift)
        again = row(spacing=SPACE.sm)
        again.addWidget(self.lifting, 1)
        again.addWidget(self.erasures)
        again.addWidget(self.lift_button)
        self._again = box(again)
        self.body.addWidget(self._again)
        context.workspace_changed.connect(self.reload)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts."""
        self.set_texts(
            self.tr("Erase a customer"),
            self.tr("Everything about one customer goes for good: messages, scores, reviews, search, caches, backups."),
        )
        names = (self.tr("Customer's name"), self.tr("Order number"), self.tr("Conversation id"))
        self.by.set_choices(zip(_KINDS, names, strict=True))
        self.by.setAccessibleName(self.tr("Found by"))
        self.who.setAccessibleName(self.tr("Who"))
        self.who.setPlaceholderText(self.tr("As it stands beside the messages"))
        self.look.setText(self.tr("Show what would go…"))
        self.lifting.setText(self.tr("Imports leave out who was erased, known by a keyed hash only."))
        self.erasures.setAccessibleName(self.tr("Erasures that imports look for"))
        self.lift_button.setText(self.tr("Let in again…"))
        self.reload()

    def reload(self) -> None:
        """List the erasures that imports look for; a few rows, so in place."""
        workspace = self._context.workspace
        found = workspace.erased.list() if workspace is not None else []
        self._again.setVisible(bool(found))
        short = QLocale.FormatType.ShortFormat
        days = [QLocale().toString(QDateTime.fromMSecsSinceEpoch(erasure.at).date(), short) for erasure in found]
        self.erasures.set_choices([(e.stub, f"{e.stub} · {day}") for e, day in zip(found, days, strict=True)])

    def _ask_and_lift(self) -> None:
        title = self.tr("Let this customer in again?")
        text = self.tr("Importing their files brings their conversations back.")
        if self._context.notices.ask(title, text, self.tr("Let in again")):
            self.lift(str(self.erasures.value))

    def lift(self, stub: str) -> None:
        """Let imports bring back what an erasure took."""
        from csqm_desktop.jobs import erased

        work = partial(erased.lift, self._context.open_workspace, stub, self._context.reviewer)
        self._context.runner.query(work, lambda _marks: self.reload(), self._context.notices.error, owner=self)

    @property
    def subject(self) -> Subject:
        """Who is meant."""
        text = self.who.text().strip()
        kind = self.by.value
        return Subject(
            customer=text if kind == "customer" else "",
            order=text if kind == "order" else "",
            conversations=(text,) if kind == "conversation" else (),
        )

    def look_up(self) -> None:
        """Look for what belongs to the customer, then ask."""
        workspace, subject = self._context.workspace, self.subject
        if workspace is not None:
            self._context.runner.query(
                lambda: preview(workspace, subject), self._ask, self._context.notices.error, owner=self
            )

    def _ask(self, found: ErasurePreview) -> None:
        dialog = ErasureDialog(found, self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.erase(found, dialog.reason.text().strip(), dialog.exports.isChecked())

    def erase(self, found: ErasurePreview, reason: str, remove_exports: bool) -> None:
        """Erase; the model is put away first, since it keeps what it read."""
        self._context.close_model_process()
        job = EraseCustomer(self._context.open_workspace, found, reason, self._context.reviewer, remove_exports)
        handle = self._context.runner.start(job)
        handle.succeeded.connect(self._done)
        handle.failed.connect(self._context.notices.error)

    def _done(self, result: ErasureResult) -> None:
        self.who.clear()
        self.reload()
        text = self.tr("{messages} messages erased. {left} exports and backups may still hold copies.")
        text = text.format(messages=result.messages, left=len(result.left))
        if result.backups:
            text += " " + self.tr("The workspace's backups are gone with them: make a new one above.")
        self._context.notices.toast(text, "good")


class ErasureDialog(QDialog):
    """What would go, and the last question."""

    def __init__(self, found: ErasurePreview, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Erase a customer"))
        counts = found.counts
        paths = one_line(", ".join(map(str, found.elsewhere)), 300)
        there = self.tr("%n backup(s) elsewhere may hold copies and stay: {paths}", "", len(found.elsewhere))
        lines = (
            (counts.conversations, self.tr("%n conversation(s)", "", counts.conversations)),
            (counts.messages, self.tr("%n message(s)", "", counts.messages)),
            (counts.attachments, self.tr("%n attached file(s)", "", counts.attachments)),
            (counts.scores, self.tr("%n score(s)", "", counts.scores)),
            (counts.reviews, self.tr("%n review(s)", "", counts.reviews)),
            (len(found.backups), self.tr("%n backup(s): they hold the customer as well", "", len(found.backups))),
            (len(found.exports), self.tr("%n earlier export(s) may hold copies", "", len(found.exports))),
            (len(found.elsewhere), there.format(paths=paths)),
        )
        self.facts = [Label(f"• {text}", wrap=True) for count, text in lines if count]
        called = one_line(", ".join(found.called), 120)
        ids = one_line(", ".join(found.names), 120)
        meant = self.tr("Customer: {name}").format(name=called) if called else self.tr("Found by: {id}").format(id=ids)
        who = Label(meant, "muted", wrap=True)
        who.setVisible(bool(called or ids))
        self.exports = QCheckBox(self.tr("Also delete earlier exports in the workspace's own folder"))
        self.exports.setChecked(True)
        self.exports.setVisible(bool(found.exports))
        copies = self.tr(
            "Copies kept elsewhere still hold the customer: delete them. A backup that is restored over this workspace"
            " has the customer erased again."
        )
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self.reason.setPlaceholderText(self.tr("Why (kept in the log, without the customer's name)"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.confirm = Button(self.tr("Erase for good"), "danger", "", self.accept)
        cancel = Button(self.tr("Cancel"), "plain", "", self.reject)
        cancel.setDefault(True)
        self.setLayout(
            column(
                Label(self.tr("This goes for good and cannot be undone"), "subtitle", wrap=True),
                who,
                column(*self.facts, spacing=SPACE.xs),
                self.exports,
                Label(copies, role="caption", wrap=True),
                self.reason,
                row(None, cancel, self.confirm),
                spacing=SPACE.md,
                margins=SPACE.xl,
            )
        )
        self.setMinimumWidth(tokens().px(480))
