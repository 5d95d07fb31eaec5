"""Errors about watched folders, the HTTP intake and connectors: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "folder_unreachable": (
        QT_TRANSLATE_NOOP("errors", "The watched folder {path} cannot be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Connect the drive or restore the folder; watching goes on by itself."),
    ),
    "watched_nothing_usable": (
        QT_TRANSLATE_NOOP("errors", "No row of {file} could be used; {rows} were left out."),
        QT_TRANSLATE_NOOP(
            "errors", "Look at the rejected rows in the list of imports; a mapping profile may be missing."
        ),
    ),
    "connectors_missing": (
        QT_TRANSLATE_NOOP("errors", "Connectors need the package {package}, which is not installed."),
        QT_TRANSLATE_NOOP("errors", "Install it with “pip install 'csqm-desktop[connectors]'”."),
    ),
    "connector_kind": (
        QT_TRANSLATE_NOOP("errors", "There is no kind of connector called {kind}."),
        QT_TRANSLATE_NOOP("errors", "Use one of {known}."),
    ),
    "connector_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no connector {name} in this workspace."),
        QT_TRANSLATE_NOOP("errors", "Use one of these, or add it with “csqm connectors add”: {known}."),
    ),
    "connector_setting": (
        QT_TRANSLATE_NOOP("errors", "The connector {name} has a wrong setting “{key}”."),
        QT_TRANSLATE_NOOP("errors", "It must be: {expected}."),
    ),
    "connector_settings_file": (
        QT_TRANSLATE_NOOP("errors", "The settings {file} could not be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Name a JSON file as described in docs/intake.md."),
    ),
    "connector_address": (
        QT_TRANSLATE_NOOP("errors", "{url} is not asked: {reason}."),
        QT_TRANSLATE_NOOP("errors", "Give an address that begins with https://; http:// is for this machine only."),
    ),
    "connector_host": (
        QT_TRANSLATE_NOOP("errors", "The connector {name} was sent to the host {host}, which is not allowed."),
        QT_TRANSLATE_NOOP("errors", "If you trust that host, add the connector again with --allow-host {host}."),
    ),
    "connector_token": (
        QT_TRANSLATE_NOOP("errors", "No token is kept for the connector {name}."),
        QT_TRANSLATE_NOOP("errors", "Add the connector again with its token, or set {variable}."),
    ),
    "connector_refused": (
        QT_TRANSLATE_NOOP("errors", "The service of the connector {name} does not accept the token (HTTP {status})."),
        QT_TRANSLATE_NOOP("errors", "Make a new token there with the right to read, and add the connector again."),
    ),
    "connector_unreachable": (
        QT_TRANSLATE_NOOP("errors", "{host} did not answer the connector {name}, also not after waiting ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Try again later; it goes on where it stopped."),
    ),
    "connector_answer": (
        QT_TRANSLATE_NOOP("errors", "The service of the connector {name} gave an answer of no use ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Check the address and the settings of the connector."),
    ),
    "connector_busy": (
        QT_TRANSLATE_NOOP("errors", "The connector {name} is being pulled already."),
        QT_TRANSLATE_NOOP("errors", "Wait until that has ended."),
    ),
    "intake_unauthorised": (
        QT_TRANSLATE_NOOP("errors", "The post has no valid token."),
        QT_TRANSLATE_NOOP("errors", "Send “Authorization: Bearer TOKEN”; “csqm tokens add NAME” makes a token."),
    ),
    "intake_wrong_kind": (
        QT_TRANSLATE_NOOP("errors", "The token {name} is for {kind}, not for this address."),
        QT_TRANSLATE_NOOP("errors", "Make one of the right kind with “csqm tokens add NAME --kind KIND”."),
    ),
    "intake_content_type": (
        QT_TRANSLATE_NOOP("errors", "The post is not JSON by its content type."),
        QT_TRANSLATE_NOOP("errors", "Send “Content-Type: application/json”."),
    ),
    "intake_too_big": (
        QT_TRANSLATE_NOOP("errors", "The post is larger than {limit} KB."),
        QT_TRANSLATE_NOOP("errors", "Post fewer messages at once, or raise --max-kilobytes."),
    ),
    "intake_invalid": (
        QT_TRANSLATE_NOOP("errors", "The post is not what this address takes; nothing of it was stored."),
        QT_TRANSLATE_NOOP("errors", "Correct the fields named under “where”; the page at / describes all of them."),
    ),
    "intake_rate": (
        QT_TRANSLATE_NOOP("errors", "{name} posts more than {rate} messages a minute."),
        QT_TRANSLATE_NOOP("errors", "Wait as long as “Retry-After” says and post again, or raise --rate."),
    ),
    "intake_full": (
        QT_TRANSLATE_NOOP("errors", "More messages wait than can be stored now; nothing of this post was taken."),
        QT_TRANSLATE_NOOP("errors", "Post it again after the seconds that “Retry-After” says."),
    ),
    "intake_not_found": (
        QT_TRANSLATE_NOOP("errors", "There is nothing at this address."),
        QT_TRANSLATE_NOOP("errors", "The page at / lists all addresses."),
    ),
    "intake_method": (
        QT_TRANSLATE_NOOP("errors", "This address does not take {method}."),
        QT_TRANSLATE_NOOP("errors", "The header “Allow” says what it takes; the page at / has examples."),
    ),
    "serve_missing": (
        QT_TRANSLATE_NOOP("errors", "The HTTP intake needs the package {package}, which is not installed."),
        QT_TRANSLATE_NOOP("errors", "Install it with “pip install 'csqm-desktop[serve]'”."),
    ),
    "serve_address": (
        QT_TRANSLATE_NOOP("errors", "Nothing can listen at {host}, port {port} ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Choose another port with --port, or end the program that uses this one."),
    ),
    "token_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no token named {name}."),
        QT_TRANSLATE_NOOP("errors", "“csqm tokens list” shows their names."),
    ),
}
