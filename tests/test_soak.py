"""A worker does not grow (shortened; `make soak` is the whole)."""

from pathlib import Path

import pytest

from tests.child import script
from tests.cluster import needs_cluster
from tests.scenario import FILES
from tests.soak import Soaked, serving, soak


@needs_cluster
@pytest.mark.parametrize("store", ["memory", "Redis"])
def test_a_worker_stays_as_it_is(model: Path, tmp_path: Path, store: str) -> None:
    """While hundreds talk and leave, nobody meets an error, no file grows, and the memory hardly does."""
    with serving(tmp_path, store) as (address, pid):
        found = soak(address, pid, tmp_path / "log", [script(file) for file in FILES], seconds=15)
    assert found.talks > 10
    assert found.broken() == []


def test_what_grows_is_named() -> None:
    """Each kind of growth is a broken promise of its own, and so is an error."""
    grown = Soaked(1.0, errors=2, megabytes=[1, 1, 1, 2], file_bytes=[0, 5], open_files=[3, 30])
    assert grown.broken() == ["2 errors", "files grew by 5 bytes", "the memory grew by 100.0%", "files stay open"]
