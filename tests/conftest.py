"""What the tests share: the trained model, and the server as `make run` starts it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import keep_words_out
from tests.running import running
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
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `wegwijs run`."""
    assert model.exists()
    with running(tmp_path_factory.mktemp("server") / "log") as (address, _):
        yield address
