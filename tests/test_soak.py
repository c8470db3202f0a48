"""A worker does not grow (shortened; `make soak` is the whole)."""

from pathlib import Path

import pytest

from tests.child import script
from tests.cluster import needs_cluster
from tests.scenario import FILES
from tests.soak import serving, soak


@needs_cluster
@pytest.mark.parametrize("store", ["memory", "Redis"])
def test_a_worker_stays_as_it_is(model: Path, tmp_path: Path, store: str) -> None:
    """While hundreds talk and leave, nobody meets an error, no file grows, and the memory hardly does."""
    with serving(tmp_path, store) as (address, pid):
        found = soak(address, pid, tmp_path / "log", [script(file) for file in FILES], seconds=15)
    assert found.talks > 10
    assert found.errors == 0
    assert found.grown_bytes == 0
    assert found.open_files[-1] <= found.open_files[0] + 10
    assert found.drift < 0.1
