"""The components of bot/config.yml, one after the other, without Rasa's graph: to learn and judge many times over."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message as RasaMessage
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assess import judgement
from evaluation.measures import Judgement
from wegwijs.files import BOT, read_yaml
from wegwijs.training_data import Example


class Pipeline:
    """The recognisers with their settings of config.yml."""

    def __init__(self, changes: dict[str, dict[str, Any]] | None = None) -> None:
        """Make components that know nothing yet.

        Args:
            changes: other settings than those of config.yml, by the name of the class.
        """
        self._folder = tempfile.TemporaryDirectory()
        storage = LocalModelStorage(Path(self._folder.name))
        self._components = []
        for settings in read_yaml(BOT / "config.yml")["pipeline"]:
            component = _class_of(settings["name"])
            name = component.__name__
            config = {**component.get_default_config(), **settings, **(changes or {}).get(name, {})}
            context = ExecutionContext(GraphSchema({}), node_name=name)
            self._components.append(component.create(config, storage, Resource(name), context))
        self.seconds = dict.fromkeys((type(component).__name__ for component in self._components), 0.0)

    def learn(self, messages: Sequence[RasaMessage]) -> Pipeline:
        """Train every component that can learn, in the order of config.yml."""
        data = TrainingData(list(messages))
        for component in self._components:
            if hasattr(component, "train"):
                component.train(data)
            if hasattr(component, "process_training_data"):
                component.process_training_data(data)
        return self

    def judge(self, texts: Iterable[str]) -> list[Judgement]:
        """Judge each message by itself; adds the processor time that each component took to `seconds`."""
        messages = [RasaMessage(data={TEXT: text}) for text in texts]
        for component in self._components:
            begun = time.process_time()
            component.process(messages)
            self.seconds[type(component).__name__] += time.process_time() - begun
        return [judgement(message.as_dict(only_output_properties=True)) for message in messages]


def rasa_messages(examples: Iterable[Example]) -> list[RasaMessage]:
    """Return training messages as the importer gives them to Rasa."""
    return [
        RasaMessage.build(example.text, example.labels.intent[0], example_metadata=example.metadata)
        for example in examples
    ]


def _class_of(name: str) -> Any:
    if name == FallbackClassifier.__name__:
        return FallbackClassifier
    module, _, class_name = name.rpartition(".")
    return getattr(import_module(module), class_name)
