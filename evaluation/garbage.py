"""A thousand things that are no message: each must fall back, and none may be taken for a role, a form or a danger."""

import random
import string

from evaluation.messages import HERE

OTHER_LANGUAGES = HERE / "other_languages.txt"
_NUMBER = 1000
_EMOJI = "😂😭💀🔥👍🙏😡🥺🤡👀❤🎉🐸🍕⚽🎮💯🙄😬🫶"
_SIGNS = ".,?!;:-_()[]{}<>/\\|@#$%^&*+=~`'\""
_BLANKS = " \t\n\u00a0\u2003\u200b\u202e"
# Keys that are hit at random: no vowel between them, so that no word comes of it.
_MASHED = "qwrtpsdfghjklzxcvbnm"


def garbage() -> list[str]:
    """Return empty texts, blanks, signs, emoji, single letters, digits, mashed keys and other languages."""
    chance = random.Random(7)  # noqa: S311 no secret

    def some(signs: str, least: int, most: int) -> str:
        return "".join(chance.choice(signs) for _ in range(chance.randint(least, most)))

    found = ["", *string.ascii_letters, *string.digits]
    found += [some(_BLANKS, 1, 12) for _ in range(60)]
    found += [some(_SIGNS, 1, 15) for _ in range(120)]
    found += [some(_EMOJI, 1, 8) for _ in range(120)]
    found += [some(string.digits, 2, 14) for _ in range(40)]
    found += OTHER_LANGUAGES.read_text(encoding="utf-8").splitlines()
    while len(found) < _NUMBER:
        found.append(" ".join(some(_MASHED, 5, 14) for _ in range(chance.randint(1, 3))))
    return found
