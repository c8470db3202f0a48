"""The server of `wegwijs run`: the web chat, its pages, health and counts; nothing else of Rasa."""

import asyncio
import ctypes
import gc
import logging
import resource
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from rasa.core.agent import load_agent
from rasa.core.channels.channel import register
from rasa.core.utils import AvailableEndpoints
from sanic import Request, Sanic
from sanic.exceptions import InvalidUsage, MethodNotSupported, NotFound, PayloadTooLarge, SanicException
from sanic.response import HTTPResponse, text
from sanic.response import json as json_response

from bot.barometer import keep_barometer
from bot.channels import failsafe, metrics
from bot.channels.webchat import WebchatInput
from bot.conversations import conversations
from bot.health import health, is_ready
from bot.http1 import SENDING_SECONDS, StrictProtocol, StrictRequest
from bot.in_order import InOrderGraphRunner
from bot.logs import keep_words_out
from bot.origins import keep_others_out
from bot.pages import pages
from bot.session_tracker_store import idle_seconds
from bot.settings import number
from bot.watchdog import watch
from bot.widget_files import widget_files
from wegwijs.content import content
from wegwijs.content_file import ErrorCode
from wegwijs.errors import SetupError
from wegwijs.files import BOT
from wegwijs.model import fingerprint
from wegwijs.patterns import danger_patterns
from wegwijs.statements import statements

logger = logging.getLogger(__name__)

PROXIES = "WEGWIJS_PROXIES"  # how many proxies stand in front; only these may say for whom they ask
_BODY_LIMIT = 64 * 1024  # bytes; the longest message takes 12 kB
# The channel itself answers within ten: four for the answer, the others for waiting its turn and for Redis.
_ANSWERING_SECONDS = 30
# How a person on this machine reaches these addresses.
_ANY_HOST = {"127.0.0.1": "localhost", "0.0.0.0": "localhost"}  # noqa: S104 a name to print, not to listen on
_ERROR_CODES: dict[type[Exception], ErrorCode] = {
    InvalidUsage: "bad_request",
    NotFound: "not_found",
    MethodNotSupported: "method_not_allowed",
    PayloadTooLarge: "payload_too_large",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {embedders}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def create_app(model: Path) -> Sanic:
    """Return the Sanic app; it loads the model before it listens.

    Args:
        model: a model trained by `wegwijs train`.
    """
    # A mistake in these stops the start, not a conversation.
    content(), danger_patterns(), statements(), idle_seconds()
    app = Sanic("wegwijs", configure_logging=False, request_class=StrictRequest)
    app.config.REQUEST_MAX_SIZE = _BODY_LIMIT
    app.config.REQUEST_TIMEOUT = SENDING_SECONDS
    app.config.RESPONSE_TIMEOUT = _ANSWERING_SECONDS
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.PROXIES_COUNT = number(PROXIES, 0)
    # The router would remember the last thousand addresses that were asked for, with whatever somebody put there.
    app.router.get = app.router._get
    register([WebchatInput()], app, route="/webhooks/")
    metrics.runs(fingerprint(model), version("wegwijs"))
    keep_barometer(app)
    app.blueprint(health())
    app.blueprint(pages(model))
    app.blueprint(widget_files())
    embedders = " ".join(["'self'", *sorted(keep_others_out(app))])
    headers = {**_HEADERS, "Content-Security-Policy": _POLICY.format(embedders=embedders)}

    @app.before_server_start
    async def load(app: Sanic, loop: object) -> None:
        endpoints = AvailableEndpoints.read_endpoints(str(BOT / "endpoints.yml"))
        app.ctx.agent = await load_agent(str(model), endpoints=endpoints)
        if not app.ctx.agent.is_ready():
            raise SetupError(f"{model}: this model could not be loaded; remove it and run `make train`")
        app.ctx.agent.processor.graph_runner = InOrderGraphRunner(app.ctx.agent.processor.graph_runner)
        await conversations(app.ctx.agent).answer_nobody()
        # What is loaded stays: searched for garbage again and again, it would make one turn in a few hundred wait.
        gc.collect()
        gc.freeze()
        ctypes.CDLL(None).malloc_trim(0)  # what only the start needed goes back to the system: a tenth of the memory
        app.ctx.watch = asyncio.create_task(watch())

    @app.before_server_stop
    async def stop(app: Sanic, loop: object) -> None:
        app.ctx.watch.cancel()

    @app.get("/metrics")
    async def counts(request: Request) -> HTTPResponse:
        return text(metrics.text(is_ready(request.app)), content_type="text/plain; version=0.0.4; charset=utf-8")

    @app.on_response
    async def add_headers(request: Request, response: HTTPResponse) -> None:
        response.headers.update({name: value for name, value in headers.items() if name not in response.headers})

    app.error_handler.add(Exception, _error)
    return app


def _error(request: Request, error: Exception) -> HTTPResponse:
    """Answer what went wrong with a sentence in Dutch; the log gets the kind of error and no words."""
    status = error.status_code if isinstance(error, SanicException) else HTTPStatus.INTERNAL_SERVER_ERROR
    known = (code for kind, code in _ERROR_CODES.items() if isinstance(error, kind))
    code: ErrorCode = next(known, "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "bad_request")
    metrics.refused(code)
    if code == "server_error":
        logger.error("a request failed", exc_info=error)
    return json_response(failsafe.error(content(), code), status=status)


def serve(model: Path, host: str, port: int) -> None:
    """Serve until stopped; say the address when it can answer."""
    keep_words_out()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash would write what is being typed to disk
    app = create_app(model)

    @app.after_server_start
    async def say_address(app: Sanic, loop: object) -> None:
        print(f"Wegwijs is ready: http://{_ANY_HOST.get(host, host)}:{port}", flush=True)

    app.run(host=host, port=port, protocol=StrictProtocol, access_log=False, motd=False)
