"""People who sign in: their roles, their passphrases (Argon2id), and the one guard of everything they do.

A workspace in which nobody has a passphrase knows no signing in: everything is allowed, as for one person alone.
"""

from __future__ import annotations

import hmac
import json
import secrets
import sqlite3
from dataclasses import dataclass

from csqm_desktop.domain.permissions import (
    LEAST_ROLE,
    MANAGE_PEOPLE,
    Actor,
    PersonRole,
    action_word,
    allowed,
    role_word,
)
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.audit_log import AuditLog
from csqm_desktop.store.clock import now_ms
from csqm_desktop.store.database import Database
from csqm_desktop.vault.key_file import check_passphrase
from csqm_desktop.vault.slow_hash import COST, Cost, slow_hash

_NOBODY = "nobody"  # in the audit log: without having signed in


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the list; ``signs_in`` tells whether there is a passphrase."""

    name: str
    role: PersonRole
    signs_in: bool


class PeopleStore:
    """Reads and changes people; ``actor`` is who has signed in through this handle, None: nobody."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit
        self.actor: Actor | None = None

    # -- the guard

    def guarded(self) -> bool:
        """Whether people sign in here: somebody has a passphrase."""
        row = (
            self._database.connection()
            .execute("SELECT 1 FROM reviewers WHERE secret <> '' AND retired_at IS NULL LIMIT 1")
            .fetchone()
        )
        return row is not None

    def require(self, action: str) -> None:
        """Raise ``sign_in_needed`` or ``not_allowed`` unless the action is allowed now; a refusal is logged.

        The role is read anew each time, so that a change or a removal by somebody else takes effect at once.
        """
        least = LEAST_ROLE[action]
        if not self.guarded():
            return
        actor = self.current()
        if actor is None:
            self._audit.append(_NOBODY, "refused", action)
            raise CsqmError("sign_in_needed", action=action_word(action))
        if not allowed(actor.role, action):
            self._audit.append(actor.name, "refused", action, {"role": actor.role.value})
            words = {"role": role_word(actor.role), "action": action_word(action), "needed": role_word(least)}
            raise CsqmError("not_allowed", name=actor.name, **words)

    def may(self, action: str) -> bool:
        """The same question without consequences, for what a window offers."""
        if not self.guarded():
            return True
        actor = self.current()
        return actor is not None and allowed(actor.role, action)

    def current(self) -> Actor | None:
        """Who has signed in, with the role of now; None also when that person was removed meanwhile."""
        actor = self.actor
        if actor is None:
            return None
        row = self._row(self._database.connection(), actor.name)
        return Actor(actor.name, PersonRole(row["role"])) if row is not None and row["secret"] else None

    # -- signing in

    def sign_in(self, name: str, passphrase: str) -> Actor:
        """Check a passphrase; takes some tenths of a second. Raises ``sign_in_wrong``, whichever of both is wrong."""
        name = _clean(name)
        row = self._row(self._database.connection(), name)
        secret = str(row["secret"]) if row is not None else ""
        if not _fits(passphrase, secret or _decoy()) or row is None or not secret:
            self._audit.append(_NOBODY, "sign_in_failed", name)
            raise CsqmError("sign_in_wrong", name=name)
        self.actor = Actor(name, PersonRole(row["role"]))
        self._audit.append(name, "sign_in", name, {"role": self.actor.role.value})
        return self.actor

    def resume(self, actor: Actor | None) -> None:
        """Go on as somebody who signed in through another handle of this process: the same workspace, opened anew."""
        self.actor = actor

    def sign_out(self) -> None:
        """Nobody is signed in any more."""
        if self.actor is not None:
            self._audit.append(self.actor.name, "sign_out", self.actor.name)
        self.actor = None

    # -- the list

    def list(self) -> list[Person]:
        """Everybody who was not removed, by name; reviewers that only labels name are among them."""
        rows = self._database.connection().execute(
            "SELECT name, role, secret FROM reviewers WHERE retired_at IS NULL ORDER BY name"
        )
        return [Person(row["name"], PersonRole(row["role"]), bool(row["secret"])) for row in rows]

    def add(self, name: str, role: PersonRole, passphrase: str) -> Actor | None:
        """Add somebody who signs in, or give a reviewer known by name a passphrase; they keep their reviews.

        The first one must be a lead, and is signed in by that; returned then.
        """
        name, first = self.check_new(name, role), not self.guarded()
        secret = _hashed(passphrase)
        with self._database.transaction() as connection:
            self._refuse_known(connection, name)
            connection.execute(
                "INSERT INTO reviewers (name, role, secret) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                " role = excluded.role, secret = excluded.secret, retired_at = NULL",
                (name, role.value, secret),
            )
            self._note("person_added", name, role=role.value)
        if first:
            self.actor = Actor(name, role)
        return self.actor if first else None

    def check_new(self, name: str, role: PersonRole) -> str:
        """Whether somebody may be added at all, before a passphrase is asked for; returns the name as it is kept."""
        name = _clean(name)
        if not name:
            raise CsqmError("person_name")
        self.require(MANAGE_PEOPLE)
        if role is not PersonRole.LEAD and not self.guarded():
            raise CsqmError("people_first_lead", name=name)
        self._refuse_known(self._database.connection(), name)
        return name

    def _refuse_known(self, connection: sqlite3.Connection, name: str) -> None:
        row = self._row(connection, name)
        if row is not None and row["secret"]:
            raise CsqmError("person_there", name=name)

    def change_role(self, name: str, role: PersonRole) -> None:
        """Give somebody another role; the last lead stays one."""
        self.require(MANAGE_PEOPLE)
        with self._database.transaction() as connection:
            row = self._known(connection, name)
            if role is not PersonRole.LEAD:
                self._keep_a_lead(connection, row, alone_is_fine=False)
            connection.execute("UPDATE reviewers SET role = ? WHERE name = ?", (role.value, row["name"]))
            self._note("role_changed", row["name"], before=row["role"], role=role.value)

    def set_passphrase(self, name: str, passphrase: str) -> None:
        """A new passphrase: everybody may change their own, a lead that of others."""
        actor, name = self.current(), _clean(name)
        if actor is None or actor.name != name:
            self.require(MANAGE_PEOPLE)
        secret = _hashed(passphrase)
        with self._database.transaction() as connection:
            row = self._known(connection, name)
            if not row["secret"]:
                raise CsqmError("person_without_passphrase", name=name)
            connection.execute("UPDATE reviewers SET secret = ? WHERE name = ?", (secret, name))
            self._note("passphrase_changed", name)

    def retire(self, name: str) -> None:
        """Remove somebody; their reviews stay. The last lead goes last: then nobody needs to sign in any more."""
        self.require(MANAGE_PEOPLE)
        with self._database.transaction() as connection:
            row = self._known(connection, name)
            self._keep_a_lead(connection, row, alone_is_fine=True)
            connection.execute(
                "UPDATE reviewers SET retired_at = ?, secret = '' WHERE name = ?", (now_ms(), row["name"])
            )
            self._note("person_removed", row["name"], role=row["role"])
        if self.actor is not None and self.actor.name == row["name"]:
            self.actor = None

    # -- inside

    def _note(self, action: str, subject: str, **detail: str) -> None:
        self._audit.append(self.actor.name if self.actor else _NOBODY, action, subject, detail)

    def _known(self, connection: sqlite3.Connection, name: str) -> sqlite3.Row:
        row = self._row(connection, _clean(name))
        if row is None:
            raise CsqmError("person_unknown", name=name)
        return row

    @staticmethod
    def _row(connection: sqlite3.Connection, name: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = connection.execute(
            "SELECT name, role, secret FROM reviewers WHERE name = ? AND retired_at IS NULL", (name,)
        ).fetchone()
        return row

    @staticmethod
    def _keep_a_lead(connection: sqlite3.Connection, row: sqlite3.Row, alone_is_fine: bool) -> None:
        """Without a lead nobody could manage people: refuse to lose the last one, unless nobody else signs in."""
        if row["role"] != PersonRole.LEAD.value or not row["secret"]:
            return
        others = [
            found["role"]
            for found in connection.execute(
                "SELECT role FROM reviewers WHERE secret <> '' AND retired_at IS NULL AND name <> ?", (row["name"],)
            )
        ]
        if PersonRole.LEAD.value in others or (alone_is_fine and not others):
            return
        raise CsqmError("people_last_lead", name=row["name"])


def _clean(name: str) -> str:
    return " ".join(name.split())


def _hashed(passphrase: str) -> str:
    check_passphrase(passphrase)
    salt, cost = secrets.token_bytes(16), COST
    digest = slow_hash(passphrase, salt, cost)
    return json.dumps({"salt": salt.hex(), "cost": cost.to_dict(), "hash": digest.hex()})


def _decoy() -> str:
    """Something to compare with when there is no such person: the answer takes as long."""
    return json.dumps({"salt": bytes(16).hex(), "cost": COST.to_dict(), "hash": bytes(32).hex()})


def _fits(passphrase: str, secret: str) -> bool:
    try:
        kept = json.loads(secret)
        salt, cost, expected = bytes.fromhex(kept["salt"]), Cost.from_dict(kept["cost"]), bytes.fromhex(kept["hash"])
    except (ValueError, KeyError, TypeError):
        return False
    return hmac.compare_digest(slow_hash(passphrase, salt, cost), expected)
