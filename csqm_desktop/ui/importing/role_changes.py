"""Who is who among stored messages: edit the rules, see what they would change, change it."""

from __future__ import annotations

import json

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.jobs.apply_roles import ApplyRoles
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.importing.role_rules import RoleRulesDialog, mapping_from_fact

ROLE_RULES = "role_rules"  # the workspace fact that keeps the rules used last


def ask(context: AppContext, parent: QWidget) -> None:
    """Open the editor of the rules for the open workspace."""
    workspace = context.workspace
    if workspace is None:
        return
    dialog = RoleRulesDialog(mapping_from_fact(workspace.fact(ROLE_RULES)), stored=True, parent=parent)
    dialog.check_asked.connect(lambda mapping: _check(context, mapping, dialog))
    dialog.apply_asked.connect(lambda mapping: _apply(context, mapping))
    dialog.open()


def _check(context: AppContext, mapping: ColumnMapping, dialog: RoleRulesDialog) -> None:
    handle = context.runner.start(ApplyRoles(context.open_workspace, mapping, False, context.settings.reviewer))
    handle.failed.connect(context.notices.error)
    handle.succeeded.connect(lambda result: dialog.show_result(mapping, result))


def _apply(context: AppContext, mapping: ColumnMapping) -> None:
    workspace = context.open_workspace
    handle = context.runner.start(ApplyRoles(workspace, mapping, True, context.settings.reviewer))
    handle.failed.connect(context.notices.error)
    workspace.set_fact(ROLE_RULES, json.dumps(mapping.to_json(), ensure_ascii=False))
    handle.succeeded.connect(lambda result: context.notices.toast(_changed(result.changed), "good"))


def _changed(count: int) -> str:
    return QCoreApplication.translate("ImportPage", "%n message(s) have another role now.", "", count)
