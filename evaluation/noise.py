"""The robustness suite: the same messages as they come from a worse keyboard. Everything follows from a fixed seed."""

import random
import re
from collections.abc import Callable

_TYPOS_PER_WORD = 0.12
_LEAST_LETTERS = 4
_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "w": "qe", "y": "tu", "z": "x",
}  # fmt: skip
_EMOJI = ("😭", "😂", "🙏", "😡", "💀", "😢", "👀", "❤️", "🙄", "😬")
_WORD = re.compile(r"\w+")


def typos(text: str, chance: random.Random) -> str:
    """Return the text with about every eighth longer word mistyped: a letter left out, doubled, swapped or beside."""

    def mistype(found: re.Match[str]) -> str:
        word = found.group()
        if len(word) < _LEAST_LETTERS or chance.random() > _TYPOS_PER_WORD:
            return word
        place = chance.randrange(1, len(word) - 1)
        letter = word[place]
        swapped = word[place + 1] + letter
        kind = chance.randrange(4)
        changed = ("", letter * 2, swapped, chance.choice(_NEIGHBOURS.get(letter.lower(), letter)))[kind]
        return word[:place] + changed + word[place + (2 if kind == 2 else 1) :]

    return _WORD.sub(mistype, text)


def without_signs(text: str, chance: random.Random) -> str:
    """Return the text in lower case and without punctuation."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s']", " ", text)).strip().lower()


def capitals(text: str, chance: random.Random) -> str:
    """Return the text in capitals."""
    return text.upper()


def with_emoji(text: str, chance: random.Random) -> str:
    """Return the text with one to three emoji between or after its words."""
    words = text.split(" ")
    for _ in range(chance.randint(1, 3)):
        words.insert(chance.randint(1, len(words)), chance.choice(_EMOJI))
    return " ".join(words)


def cut_in_half(text: str, chance: random.Random) -> str:
    """Return the longer half of the words: what stands when "send" was hit too early."""
    words = text.split(" ")
    return " ".join(words[: (len(words) + 1) // 2])


NOISES: dict[str, Callable[[str, random.Random], str]] = {
    "typos": typos,
    "no punctuation": without_signs,
    "capitals": capitals,
    "emoji": with_emoji,
    "cut in half": cut_in_half,
}


def noisy(name: str, texts: list[str]) -> list[str]:
    """Return the texts with one kind of noise, the same each time."""
    chance = random.Random(name)  # noqa: S311 no secret
    return [NOISES[name](text, chance) for text in texts]
