"""The trees that look at danger a second time: asked one message at a time, they say what LightGBM says."""

from pathlib import Path

import lightgbm
import numpy as np
import pytest

from wegwijs.trees import MOST_LEAVES, Trees


@pytest.fixture(scope="module")
def grown() -> lightgbm.Booster:
    """Trees over four inputs, of few leaves and of many."""
    random = np.random.default_rng(1)
    seen = random.random((3000, 4)).astype(np.float32)
    right = (seen[:, 0] * seen[:, 1] > seen[:, 2]) ^ (seen[:, 3] > 0.9)
    settings = {"objective": "binary", "num_leaves": MOST_LEAVES, "use_missing": False, "verbose": -1}
    return lightgbm.train(settings, lightgbm.Dataset(seen, right), 60)


def test_they_say_what_lightgbm_says(grown: lightgbm.Booster, tmp_path: Path) -> None:
    """For any message the chance is the same, also on the very edge of a split, and after they were kept."""
    Trees.of(grown.dump_model()).save(tmp_path / "trees.npz")
    trees = Trees.load(tmp_path / "trees.npz")
    rows = np.random.default_rng(2).random((500, 4)).astype(np.float32)
    edges = np.array([[node["threshold"]] * 4 for node in _splits(grown)], dtype=np.float32)
    for row in (*rows, *edges, np.zeros(4, np.float32), np.ones(4, np.float32)):
        assert trees.chance(row) == pytest.approx(grown.predict(row.reshape(1, -1))[0], abs=1e-9)


def _splits(grown: lightgbm.Booster) -> list[dict[str, float]]:
    roots = (tree["tree_structure"] for tree in grown.dump_model()["tree_info"])
    return [root for root in roots if "threshold" in root]
