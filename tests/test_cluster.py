"""Three workers, one Redis and the proxy serve as one, whatever is struck (shortened; `make cluster` is the whole)."""

from pathlib import Path

import pytest

from tests.chaos import STRIKES, Strike, learn, strike
from tests.child import Script, script
from tests.cluster import Cluster, needs_cluster
from tests.scenario import FILES

pytestmark = needs_cluster


@pytest.fixture(scope="module")
def scripts(model: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Script]:
    """Every third conversation, with the answers of a worker alone."""
    return learn([script(file) for file in FILES[::3]], tmp_path_factory.mktemp("alone") / "log")


@pytest.mark.parametrize("what", STRIKES, ids=lambda what: what.name)
def test_no_message_is_lost_wrong_or_doubled(several: Cluster, scripts: list[Script], what: Strike) -> None:
    """Children on any worker read what a worker alone answers, and what a strike may show them is only what it says."""
    tally = strike(several, scripts, what, seconds=15, children=8)
    assert tally.counts["messages"] > 0
    seen = {column: tally.counts[column] for column in what.zero if tally.counts[column]}
    assert not seen, tally.wrong[:5]
