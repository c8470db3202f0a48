"""Reads a message: its words as typed, their standard spelling and concepts, and which part of it asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wegwijs.lexicon import Tag, lexicon
from wegwijs.normalise import normalise
from wegwijs.spelling import spelling

SIGNS = frozenset(".,?!")
_WORD = re.compile(r"[a-z0-9']+|[.,?!]|[^\x00-\x7f]")
_PICTURES = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_SENTENCE_END = re.compile(r"[.?!]+")
# A question or a last sentence that never ends is known by its last words.
_LONGEST_SENTENCE = 25


@dataclass(frozen=True)
class Word:
    """What is known of one word by itself."""

    typed: str  # in the plain form
    standard: str  # the standard spelling, of one word or several; often what was typed
    concepts: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A message as the recognisers see it."""

    plain: str  # the plain form of the whole, of wegwijs/normalise.py
    words: tuple[Word, ...]  # without signs
    signs: frozenset[str]  # what stands between and around the words: ? ! and the like, and traits of the whole
    tags: tuple[Tag, ...]  # over the words, by place
    question: tuple[str, ...]  # the words as typed of the last sentence with a question mark, else of the last one
    last: tuple[str, ...]  # the words as typed of the last sentence

    def fingerprint(self) -> str:
        """Return nothing: Rasa's hash of a training message rests on its text."""
        return ""


def read_message(text: str) -> Reading:
    """Read a message as typed; it may be empty."""
    plain = normalise(text)
    pictures = " ".join(_PICTURES.findall(text))
    typed = list(_words(f"{plain} {pictures}"))
    known = {word: _word(word) for word in set(typed)}
    words = tuple(known[word] for word in typed)
    sentences = list(_sentences(plain))
    asking = [sentence for sentence, asks in sentences if asks] or [sentence for sentence, _ in sentences]
    return Reading(
        plain=plain,
        words=words,
        signs=frozenset(_traits(text, plain, len(words))),
        tags=tuple(_tags(words)),
        question=asking[-1] if asking else (),
        last=sentences[-1][0] if sentences else (),
    )


def _words(plain: str) -> Iterator[str]:
    return (word for word in _WORD.findall(plain) if word not in SIGNS and word.strip("'"))


def _word(typed: str) -> Word:
    standard = spelling().standard(typed)
    found = lexicon().concepts_of(typed)
    if standard != typed:
        found |= {concept for word in standard.split() for concept in lexicon().concepts_of(word)}
    return Word(typed, standard, tuple(sorted(found)))


def _tags(words: tuple[Word, ...]) -> list[Tag]:
    typed = [word.typed for word in words]
    found = {Tag(place, place + 1, concept) for place, word in enumerate(words) for concept in word.concepts}
    found.update(lexicon().phrases(typed))
    if any(word.standard != word.typed for word in words):
        found.update(_phrases_of_standard(words))
    return sorted(found)


def _phrases_of_standard(words: tuple[Word, ...]) -> Iterator[Tag]:
    """Yield the phrases of the standard spelling, at the places of the words as typed: "kheb da" is "ik heb dat"."""
    spread = [(part, place) for place, word in enumerate(words) for part in word.standard.split()]
    for tag in lexicon().phrases([part for part, _ in spread]):
        yield Tag(spread[tag.start][1], spread[tag.end - 1][1] + 1, tag.concept)


def _sentences(plain: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield the words of every sentence, and whether it ends with a question mark."""
    start = 0
    for end in [*_SENTENCE_END.finditer(plain), None]:
        words = tuple(_words(plain[start : end.start() if end else None]))[-_LONGEST_SENTENCE:]
        if words:
            yield words, bool(end) and "?" in end.group()  # type: ignore[union-attr]
        start = end.end() if end else start


def _traits(text: str, plain: str, words: int) -> Iterator[str]:
    """Yield what the message looks like as a whole: its signs, its capitals, how long it is."""
    yield from (sign for sign in SIGNS if sign in plain)
    if plain.endswith("?"):
        yield "asks last"
    if any(map(str.isupper, text)):
        yield "capital"
    if '"' in text or "'" in text or "\u2018" in text:
        yield "quotes"
    yield f"length {min(words, 255).bit_length()}"
