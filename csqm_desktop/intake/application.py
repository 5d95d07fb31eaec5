"""The addresses of the HTTP intake. Nothing here logs what is posted, and no answer repeats it."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ValidationError
from pydantic_core import to_jsonable_python
from starlette.exceptions import HTTPException

from csqm_desktop import __version__, logs
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import Item
from csqm_desktop.importers.live import read_product
from csqm_desktop.intake.fresh_scorer import FreshScorer
from csqm_desktop.intake.limits import RateLimit
from csqm_desktop.intake.messages import (
    BatchIn,
    BatchOut,
    HealthOut,
    MessageIn,
    MessageOut,
    Problem,
    WebhookOut,
    messages,
)
from csqm_desktop.intake.page import page
from csqm_desktop.intake.store_queue import QueueFull, Stored, StoreQueue
from csqm_desktop.store.intake_tokens import Token
from csqm_desktop.store.workspace import Workspace

log = logging.getLogger(__name__)

API = "api"
WEBHOOKS = ("chatwoot",)
_FULL_SECONDS = 1  # a full queue of messages is stored in about that time

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

Posted = TypeVar("Posted", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused."""

    kilobytes: int = 1024  # a post
    per_minute: int = 6000  # messages of one token


class Refusal(Exception):  # noqa: N818 -- an answer
    """An answer other than yes."""

    def __init__(
        self, status: int, error: CsqmError, where: list[str] | None = None, headers: dict[str, str] | None = None
    ) -> None:
        self.status = status
        self.error = error
        self.where = where or []
        self.headers = headers or {}
        super().__init__(error.code)

    def response(self) -> JSONResponse:
        """The answer."""
        problem = Problem(code=self.error.code, what=self.error.what, remedy=self.error.remedy, where=self.where)
        return JSONResponse(problem.model_dump(), self.status, self.headers)


class Intake:
    """What the addresses share: who may post, how much, and the way into the store."""

    def __init__(
        self, workspace: Workspace, queue: StoreQueue, scorer: FreshScorer | None, limits: Limits | None = None
    ) -> None:
        self.workspace = workspace
        self.queue = queue
        self.scorer = scorer
        self.limits = limits or Limits()
        self.closing = False
        self._rate = RateLimit(self.limits.per_minute / 60, max(1.0, self.limits.per_minute / 6))

    def token(self, request: Request, kind: str, in_address: str = "") -> Token:
        """Whose post this is; refuses what has no token or one for something else."""
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        given = value.strip() if scheme.lower() == "bearer" else in_address
        found = self.workspace.tokens.find(given) if given else None
        if found is None:
            raise Refusal(401, CsqmError("intake_unauthorised"), headers={"WWW-Authenticate": "Bearer"})
        if found.kind != kind:
            raise Refusal(403, CsqmError("intake_wrong_kind", name=found.name, kind=found.kind))
        return found

    def check_rate(self, token: Token, count: int) -> None:
        """Refuse a sender that posts more than its share."""
        wait = self._rate.take(token.name, count)
        if wait:
            error = CsqmError("intake_rate", name=token.name, rate=self.limits.per_minute)
            raise Refusal(429, error, headers={"Retry-After": str(int(wait) + 1)})

    async def body(self, request: Request) -> bytes:
        """The post, as far as it is JSON by its type and not too big."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise Refusal(415, CsqmError("intake_content_type"))
        most = self.limits.kilobytes * 1024
        parts: list[bytes] = []
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise Refusal(413, CsqmError("intake_too_big", limit=self.limits.kilobytes))
            parts.append(part)
        return b"".join(parts)

    async def parsed(self, request: Request, model: type[Posted]) -> Posted:
        """The post as what this address takes."""
        body = await self.body(request)
        try:
            return model.model_validate_json(body)
        except ValidationError as error:
            found = error.errors(include_url=False, include_context=False, include_input=False)
            where = [f"{'.'.join(map(str, item['loc'])) or 'body'}: {item['msg']}" for item in found[:20]]
            raise Refusal(422, CsqmError("intake_invalid"), where) from None

    async def store(self, token: Token, file_format: str, items: list[Item]) -> Stored:
        """Wait until the messages are stored."""
        try:
            future = self.queue.submit(f"http:{token.name}", file_format, items)
        except QueueFull:
            headers = {"Retry-After": str(_FULL_SECONDS)}
            raise Refusal(429, CsqmError("intake_full"), headers=headers) from None
        try:
            # shielded: a sender that hangs up does not take a post back that is being stored
            return await asyncio.shield(asyncio.wrap_future(future))
        except CsqmError as error:
            status = 500 if error.code == "unexpected" else 503
            raise Refusal(status, error, headers={"Retry-After": "5"}) from None

    def health(self) -> HealthOut:
        """How the intake is."""
        return HealthOut(
            status="closing" if self.closing else "ok",
            model=self.scorer.state if self.scorer else "none",
            queued=self.queue.size,
            capacity=self.queue.capacity,
            unscored=self.scorer.unscored if self.scorer else 0,
        )


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    words = {
        401: "No valid token.",
        403: "A token for something else.",
        413: "The post is too big.",
        415: "The post is not JSON by its content type.",
        422: "The post is not what this address takes.",
        429: "Too much at once. Nothing was taken: post again after Retry-After seconds.",
        500: "A fault of the program. Nothing was stored.",
        503: "The store cannot be written now. Nothing was stored: post again after Retry-After seconds.",
    }
    retry = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return {
        status: {"model": Problem, "description": words[status]} | ({"headers": retry} if status in (429, 503) else {})
        for status in statuses
    }


def _takes(model: type[BaseModel]) -> dict[str, Any]:
    """The description of a post that is read by hand: pydantic reads JSON faster and stricter from bytes."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


_REFUSED = _problems(401, 403, 413, 415, 422, 429, 500, 503)
_EVENT = {"type": "object", "description": "An event as Chatwoot sends it."}
_TAKES_EVENT = {"requestBody": {"required": True, "content": {"application/json": {"schema": _EVENT}}}}


def make(intake: Intake) -> FastAPI:
    """The application. Its description is at /openapi.json, its page at / needs nothing from elsewhere."""
    app = FastAPI(
        title="csqm intake",
        version=__version__,
        description="Messages of customer-service conversations, stored without personal data, scored and charted.",
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        redirect_slashes=False,
    )
    _add_routes(app, intake)
    _add_refusals(app)
    _describe(app)
    return app


def _add_routes(app: FastAPI, intake: Intake) -> None:
    bearer: list[dict[str, list[str]]] = [{"token": []}]

    @app.get("/v1/health", summary="How the intake is")
    async def health() -> HealthOut:
        return intake.health()

    @app.post(
        "/v1/messages", summary="Store one message", response_model=MessageOut, status_code=201,
        responses={**_REFUSED, 200: {"model": MessageOut, "description": "The id was known before."}},
        openapi_extra=_takes(MessageIn) | {"security": bearer},
    )  # fmt: skip
    async def post_message(request: Request) -> Response:
        token = intake.token(request, API)
        posted = await intake.parsed(request, MessageIn)
        intake.check_rate(token, 1)
        stored = await intake.store(token, API, [posted.message()])
        known = stored.known[0]
        return JSONResponse({"status": "known" if known else "added"}, 200 if known else 201)

    @app.post(
        "/v1/messages/batch", summary="Store several messages, all or none", response_model=BatchOut,
        responses=_REFUSED, openapi_extra=_takes(BatchIn) | {"security": bearer},
    )  # fmt: skip
    async def post_batch(request: Request) -> Response:
        token = intake.token(request, API)
        posted = await intake.parsed(request, BatchIn)
        intake.check_rate(token, len(posted.messages))
        stored = await intake.store(token, API, list(messages(posted.messages)))
        return JSONResponse({"added": stored.added, "known": len(stored.known) - stored.added})

    @app.post(
        "/v1/webhooks/chatwoot/{source}", summary="Take an event of Chatwoot", response_model=WebhookOut,
        responses=_REFUSED, openapi_extra=_TAKES_EVENT | {"security": [{"token": []}, {"token_in_address": []}]},
    )  # fmt: skip
    async def chatwoot(
        request: Request,
        source: Annotated[str, Path(description="The name that the token was made for.", min_length=1)],
        token: Annotated[str, Query(description="The token, as Chatwoot cannot send a header.")] = "",
    ) -> Response:
        sender = intake.token(request, "chatwoot", token)
        if sender.name != source:
            raise Refusal(403, CsqmError("intake_wrong_kind", name=sender.name, kind=sender.name))
        items = _events(await intake.body(request), source)
        intake.check_rate(sender, max(1, len(items)))
        if not items:
            return JSONResponse(WebhookOut(status="ignored").model_dump())
        stored = await intake.store(sender, "chatwoot", items)
        if stored.rejected and not stored.known:
            raise Refusal(422, CsqmError("intake_invalid"), ["the message is in the quarantine of this source"])
        return JSONResponse(
            WebhookOut(status="stored", added=stored.added, known=len(stored.known) - stored.added).model_dump()
        )

    @app.get("/", include_in_schema=False)
    async def front() -> HTMLResponse:
        return HTMLResponse(page(app.openapi()), headers={"Content-Security-Policy": _POLICY})


def _events(body: bytes, source: str) -> list[Item]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise Refusal(422, CsqmError("intake_invalid"), ["body: must be a JSON object"])
    return list(read_product("chatwoot", source, [("", event)]))


def _add_refusals(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def refused(_request: Request, refusal: Refusal) -> JSONResponse:
        return refusal.response()

    @app.exception_handler(Exception)
    async def fault(_request: Request, error: Exception) -> JSONResponse:
        log.error("a request failed: %s", type(error).__name__)  # its words may quote a message
        reason = type(error).__name__
        return Refusal(500, CsqmError("unexpected", reason=reason, log=logs.log_file())).response()

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        codes = {404: CsqmError("intake_not_found"), 405: CsqmError("intake_method", method=request.method)}
        known = codes.get(error.status_code) or CsqmError("intake_invalid")
        return Refusal(error.status_code, known, headers=dict(error.headers or {})).response()


def _describe(app: FastAPI) -> None:
    """Add what the schema cannot know from the routes: how to show a token, and the shape of a message."""
    schema = app.openapi()
    components = schema.setdefault("components", {})
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "token_in_address": {"type": "apiKey", "in": "query", "name": "token"},
    }
    defs = BatchIn.model_json_schema(ref_template="#/components/schemas/{model}").get("$defs", {})
    components.setdefault("schemas", {}).update(to_jsonable_python(defs))
    for path in schema["paths"].values():
        for operation in path.values():
            if operation.get("requestBody"):
                _own_validation(operation)


def _own_validation(operation: dict[str, Any]) -> None:
    """FastAPI describes its own 422, which this application never sends."""
    operation["responses"]["422"]["content"] = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
