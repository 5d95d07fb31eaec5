"""HTTP to one service: only to hosts that were allowed, encrypted unless local, patient with limits and faults."""

from __future__ import annotations

import ipaddress
import json
import random
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

from csqm_desktop import __version__
from csqm_desktop.errors import CsqmError

ATTEMPTS = 6
FIRST_PAUSE = 1.0  # seconds; doubled after each fault
LONGEST_PAUSE = 60.0
LONGEST_WAIT = 900.0  # a service that asks for more patience than this is given up
MOST_BYTES = 64 << 20
_TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
_LEFT = ("x-rate-limit-remaining", "x-ratelimit-remaining", "ratelimit-remaining")
_RESET = ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset")
_FROM_EPOCH = 1e9  # a reset above it is a moment, below it a number of seconds

Wait = Callable[[float], None]


class Client:
    """Asks one service. ``wait`` sleeps and may raise to stop; it is called with the seconds to wait."""

    def __init__(
        self,
        service: str,
        url: str,
        headers: Mapping[str, str],
        hosts: tuple[str, ...] = (),
        auth: tuple[str, str] | None = None,
        wait: Wait = time.sleep,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        """``url`` is the service's root; ``hosts`` are allowed beside its own.

        Raises ``connector_address`` when the root may not be asked.
        """
        self._service = service
        self._base = checked_url(url).copy_with(query=None)
        self._hosts = {self._base.host.lower(), *(host.lower() for host in hosts)}
        self._wait = wait
        self._pause = first_pause
        self._client = httpx2.Client(
            headers={"Accept": "application/json", "User-Agent": f"csqm-desktop/{__version__}", **headers},
            auth=auth,
            timeout=_TIMEOUT,
            follow_redirects=False,
            trust_env=not _is_local(self._base.host),
        )

    def close(self) -> None:
        """End all connections."""
        self._client.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, path: str, parameters: Mapping[str, Any] | None = None) -> Answer:
        """A GET; ``path`` is below the root, or a whole address on an allowed host."""
        return self._ask("GET", path, parameters, None)

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """A POST of JSON, for services that search that way."""
        return self._ask("POST", path, None, body)

    def _ask(
        self, method: str, path: str, parameters: Mapping[str, Any] | None, body: Mapping[str, Any] | None
    ) -> Answer:
        url = self._address(path)
        faults = 0
        waited = 0.0
        while True:
            response, fault = self._once(method, url, parameters, body)
            if response is not None and response.status_code == 429:
                pause = _retry_after(response) or self._backoff(faults)
                reason = "429"
            elif response is not None and response.status_code < 500:
                return self._answer(response)
            else:
                pause = (_retry_after(response) if response is not None else None) or self._backoff(faults)
                reason = fault or f"HTTP {response.status_code if response is not None else 0}"
                faults += 1
            waited += pause
            if faults >= ATTEMPTS or waited > LONGEST_WAIT:
                raise CsqmError("connector_unreachable", name=self._service, host=url.host, reason=reason)
            self._wait(pause)

    def _once(
        self, method: str, url: httpx2.URL, parameters: Mapping[str, Any] | None, body: Mapping[str, Any] | None
    ) -> tuple[httpx2.Response | None, str]:
        """One try: the whole response, or why there is none."""
        if parameters:
            url = url.copy_merge_params(dict(parameters))
        try:
            with self._client.stream(method, url, json=body) as response:
                parts: list[bytes] = []
                size = 0
                for part in response.iter_bytes():
                    size += len(part)
                    if size > MOST_BYTES:
                        raise CsqmError("connector_answer", name=self._service, reason="more than 64 MB at once")
                    parts.append(part)
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            return None, type(error).__name__
        response.extensions["body"] = b"".join(parts)
        if response.status_code == 200 and not _is_json(response):
            return None, "not JSON"  # a proxy's page, or cut off in the middle
        return response, ""

    def _answer(self, response: httpx2.Response) -> Answer:
        status = response.status_code
        if status in (401, 403):
            raise CsqmError("connector_refused", name=self._service, status=status)
        if not 200 <= status < 300:
            where = response.headers.get("location", "")
            reason = f"HTTP {status}" + (f", {where}" if where else "")
            raise CsqmError("connector_answer", name=self._service, reason=reason)
        self._slow_down(response)
        return Answer(json.loads(response.extensions["body"] or b"null"), response.links.get("next", {}).get("url"))

    def _slow_down(self, response: httpx2.Response) -> None:
        """Wait before the limit is hit when the service says that nothing is left."""
        left = next((response.headers[name] for name in _LEFT if name in response.headers), "")
        reset = next((response.headers[name] for name in _RESET if name in response.headers), "")
        if not left.isdigit() or int(left) > 0:
            return
        try:
            seconds = float(reset)
        except ValueError:
            return
        seconds = seconds - time.time() if seconds > _FROM_EPOCH else seconds
        if seconds > 0:
            self._wait(min(seconds, LONGEST_PAUSE))

    def _backoff(self, faults: int) -> float:
        return min(LONGEST_PAUSE, self._pause * float(1 << faults)) * random.uniform(0.75, 1.25)

    def _address(self, path: str) -> httpx2.URL:
        if "://" in path:
            url = checked_url(path)
        else:
            url = httpx2.URL(str(self._base).rstrip("/") + "/" + path.lstrip("/")) if path else self._base
        if url.host.lower() not in self._hosts:
            raise CsqmError("connector_host", name=self._service, host=url.host)
        return url


class Answer:
    """What a service said: ``data`` from its JSON, ``next_link`` from its Link header."""

    def __init__(self, data: Any, next_link: str | None = None) -> None:
        self.data = data
        self.next_link = next_link

    def at(self, path: str) -> Any:
        """The value at a dotted path, None where there is none; an empty path is the whole."""
        return value_at(self.data, path)


def value_at(value: Any, path: str) -> Any:
    """The value at a dotted path in nested objects."""
    for part in filter(None, path.split(".")):
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    return value


def checked_url(text: str) -> httpx2.URL:
    """An address that may be asked: https, or http to this machine; ``connector_address`` otherwise."""
    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, ValueError) as error:
        raise CsqmError("connector_address", url=text, reason="not an address") from error
    if url.userinfo:
        raise CsqmError("connector_address", url=url.host, reason="a password in it")
    if not url.host or url.scheme not in ("http", "https"):
        raise CsqmError("connector_address", url=text, reason="not an address of the web")
    if url.scheme == "http" and not _is_local(url.host):
        raise CsqmError("connector_address", url=text, reason="not encrypted")
    return url


def _is_local(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_json(response: httpx2.Response) -> bool:
    try:
        json.loads(response.extensions["body"])
    except (ValueError, RecursionError):
        return False
    return True


def _retry_after(response: httpx2.Response) -> float | None:
    """Seconds that a response asks to wait, given as a number or as a moment."""
    text = response.headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
