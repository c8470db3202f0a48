"""spaCy for Dutch, with and without a trained model."""

from pathlib import Path

import pytest
import spacy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.spacy_tokenizer import SpacyTokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.dutch_spacy_nlp import DutchSpacyNLP


@pytest.fixture
def trained_pipeline(tmp_path: Path) -> Path:
    """A small trained pipeline, saved as nl_core_news_sm would be: a tagger and lemmas of its own."""
    nlp = spacy.blank("nl", meta={"name": "test_sm", "version": "1.0.0"})
    tagger = nlp.add_pipe("tagger")
    tagger.add_label("N")
    tagger.add_label("V")
    ruler = nlp.add_pipe("attribute_ruler")
    nlp.initialize()
    ruler.add([[{"LOWER": "pesters"}]], {"LEMMA": "pester"})
    nlp.to_disk(tmp_path / "model")
    return tmp_path / "model"


def _component(tmp_path: Path, model: str) -> DutchSpacyNLP:
    storage = LocalModelStorage(tmp_path)
    context = ExecutionContext(GraphSchema({}))
    return DutchSpacyNLP.create({**DutchSpacyNLP.get_default_config(), "model": model}, storage, Resource("x"), context)


def _tokens(component: DutchSpacyNLP, text: str) -> list[tuple[str, str]]:
    message = component.process([Message(data={TEXT: text})], component.provide())[0]
    tokenizer = SpacyTokenizer(SpacyTokenizer.get_default_config())
    tokenizer.process([message])
    return [(token.text, token.lemma) for token in message.get(TOKENS_NAMES[TEXT])]


def test_without_a_model_words_and_lookup_lemmas(tmp_path: Path) -> None:
    """Where the model is not installed, spaCy's Dutch tokenizer and its word list do the work, and it says so."""
    component = _component(tmp_path, "no_such_model")
    assert ("kapotgemaakt", "kapotmaken") in _tokens(component, "mijn fiets is kapotgemaakt")
    assert "lookup" in component.provide().model_name
    assert "no_such_model" in component.provide().model_name


def test_with_a_model_its_own_lemmas(tmp_path: Path, trained_pipeline: Path) -> None:
    """Where a trained pipeline is installed, it is the one that is used, and its name is told."""
    component = _component(tmp_path, str(trained_pipeline))
    assert ("pesters", "pester") in _tokens(component, "de pesters lachen")
    assert component.provide().model_name == "nl_test_sm 1.0.0"


def test_rasa_trains_again_when_a_model_appears(trained_pipeline: Path, tmp_path: Path) -> None:
    """What Rasa's training cache looks at is another with a model than without."""
    without, with_model = (_component(tmp_path, name) for name in ("no_such_model", str(trained_pipeline)))
    assert without.provide().fingerprint() != with_model.provide().fingerprint()
