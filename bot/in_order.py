"""Runs the graph of the model node after node, in an order found once; Rasa has Dask plan it for each message."""

from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner


class InOrderGraphRunner:
    """The nodes of a model that Rasa has loaded, in their order."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        """Take over the nodes."""
        self._schema, self._nodes = loaded._graph_schema, loaded._instantiated_nodes
        self._plan = lru_cache(maxsize=None)(self._planned)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Return the outputs of the targets.

        Args:
            inputs: what stands in place of nodes, by name.
            targets: names of nodes; all that the model names where none is given.
        """
        targets = targets or self._schema.target_names
        done: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._plan(*targets):
            done[name] = node(*(done[need] for need in needs))
        return {target: done[target][1] for target in targets}

    def _planned(self, *targets: str) -> list[tuple[str, GraphNode, tuple[str, ...]]]:
        nodes = self._schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        order = TopologicalSorter(needs).static_order()
        return [(name, self._nodes[name], needs[name]) for name in order if name in nodes]
