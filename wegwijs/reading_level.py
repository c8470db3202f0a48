"""Measures how hard the texts for children are to read, and names those that are too hard.

Flesch-Douma: 206.84 - 0.93 words a sentence - 77 syllables a word (W. Douma, 1960); 80 and more is what children of the
fifth year of primary school read (shared table: dbnl.org/tekst/_taa014197701_01/_taa014197701_01_0089.php).
"""

import re
from collections.abc import Iterable, Iterator

import textstat

from wegwijs.content import Content
from wegwijs.content_schema import Block
from wegwijs.vocabulary import UNKNOWN

DOUMA_AT_LEAST = 80.0
WORDS_ON_AVERAGE, WORDS_AT_MOST = 12.0, 20
# The formula says nothing of a text as short as a tip.
_ENOUGH_WORDS = 25
_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)")
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_ADDRESS = re.compile(r"https?://\S+|\b[\w.]+\.(?:nl|be|org)\b")
_READERS = frozenset({"child", UNKNOWN})


def too_hard(content: Content) -> Iterator[str]:
    """Yield what is too hard, and exceptions that are none any more; one line each."""
    for name, blocks in texts_for_children(content):
        problem = _problem(blocks, content)
        if problem and name not in content.reading_exceptions:
            yield f"{name}: {problem}"
        if not problem and name in content.reading_exceptions:
            yield f"{name}: is easy to read; take it out of the exceptions"
    known = {name for name, _ in texts_for_children(content)}
    yield from (f"{name}: no text for children" for name in content.reading_exceptions if name not in known)


def texts_for_children(content: Content) -> Iterator[tuple[str, list[Block]]]:
    """Yield the id and the text of everything that a child may read: items, and steps of guides."""
    for name, roles, blocks in content.everything_said():
        if not roles or _READERS & set(roles):
            yield name, blocks


def douma(sentences: Iterable[list[str]]) -> float:
    """Return the reading ease (about 0 hard to 120 easy) of sentences, each a list of words."""
    textstat.set_lang("nl")
    listed = list(sentences)
    words = [word for sentence in listed for word in sentence]
    syllables = sum(textstat.syllable_count(word) for word in words)
    return float(206.84 - 0.93 * len(words) / len(listed) - 77 * syllables / len(words))


def _problem(blocks: Iterable[Block], content: Content) -> str | None:
    lines = [content.fill_in(text) for block in blocks for text in block.texts()]
    found = (_WORD.findall(part) for line in lines for part in _SENTENCE_END.split(_ADDRESS.sub("", line)))
    sentences = [words for words in found if words]
    if not sentences:
        return None
    count = sum(map(len, sentences))
    longest = max(sentences, key=len)
    if len(longest) > WORDS_AT_MOST:
        return f"a sentence of {len(longest)} words: {' '.join(longest)}"
    if count / len(sentences) > WORDS_ON_AVERAGE:
        return f"{count / len(sentences):.1f} words a sentence"
    if count >= _ENOUGH_WORDS and douma(sentences) < DOUMA_AT_LEAST:
        return f"Flesch-Douma {douma(sentences):.0f}"
    return None
