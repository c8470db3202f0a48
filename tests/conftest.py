"""What the tests share: the trained model, the server as `make run` starts it, and a browser."""

import asyncio
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sanic import Sanic

from bot.logs import keep_words_out
from bot.server import create_app
from tests.browser import ARGUMENTS, CHROMIUM, listen, open_chat
from tests.cluster import Cluster, cluster
from tests.logbook import open_logbook
from tests.running import free_port, running
from tests.site import Site, serving
from wegwijs.content import Content, content
from wegwijs.model import model_path, quiet_environment, train

os.environ.update(quiet_environment())
keep_words_out()


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of this state of code and data, trained if it is not there."""
    return model_path() if model_path().exists() else train()


@pytest.fixture(scope="session")
def texts() -> Content:
    """The content of this installation."""
    return content()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Another site than that of Wegwijs, allowed to embed the chat."""
    with serving() as site:
        yield site


@pytest.fixture(scope="session")
def server(model: Path, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `wegwijs run`."""
    assert model.exists()
    with running(tmp_path_factory.mktemp("server") / "log", WEGWIJS_ORIGINS=site.origin) as (address, _):
        yield address


@pytest.fixture(scope="session")
def running_together(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three workers that share a Redis, behind the shipped proxy."""
    assert model.exists()
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture
def several(running_together: Cluster) -> Iterator[Cluster]:
    """The cluster, whole before a test and mended after it."""
    running_together.heal()
    yield running_together
    running_together.heal()


@pytest.fixture(scope="module")
def breakable(model: Path) -> Iterator[str]:
    """The address of a server in this process, so that a test can break parts of it."""
    port, started, stop = free_port(), threading.Event(), threading.Event()
    Sanic.test_mode = True

    async def serve() -> None:
        app = create_app(model)
        server = await app.create_server("127.0.0.1", port, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.before_start()
        await server.start_serving()
        await server.after_start()
        started.set()
        while not stop.is_set():
            await asyncio.sleep(0.05)
        server.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert started.wait(120)
    yield f"http://127.0.0.1:{port}"
    stop.set()
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, without a screen."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """The school site, with everything that the page asked for and complained about."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 800})
    page = listen(context.new_page())
    page.goto(server)
    yield page
    context.close()


@pytest.fixture
def logbook(page: Page) -> Page:
    """The page with an empty logbook, open in the chat."""
    open_chat(page)
    open_logbook(page)
    return page
