"""From what one core holds to what two countries need: a calculation, with its sources and its assumptions."""

import math
from dataclasses import dataclass

# Pupils in 2022/23. The Netherlands: primary, secondary and special schools (DUO), in
# https://www.ncoj.nl/content/factsfigures/onderwijs/2022/result/show_xyz07. Flanders, with the Dutch schools of
# Brussels: primary and secondary schools without kindergarten, rounded by the source,
# https://www.vlaanderen.be/statistiek-vlaanderen/onderwijs-en-vorming/schoolbevolking-basis-en-secundair-onderwijs.
PUPILS = {"the Netherlands": 2_410_944, "Flanders": 465_000 + 495_000}

# Nobody has measured these: they are to be replaced by what an operator sees.
SHARES_A_DAY = (0.001, 0.01, 0.05)  # of all pupils, who talk on one school day
PEAK_HOUR = 0.25  # of the talks of a day, in the hour after school
PEAK_MINUTE = 2.0  # times an average minute of that hour
FILLED = 0.6  # of what a core holds: the rest is for a worker that fails, and for what was not foreseen


@dataclass(frozen=True)
class Need:
    """What a country needs in its peak minute."""

    share: float
    talks_a_day: int
    messages_a_second: float
    cores: int


def needs(messages_a_talk: float, messages_a_core: float) -> list[Need]:
    """Return the need for each assumed share of pupils.

    Args:
        messages_a_talk: the opening counts as one.
        messages_a_core: in a second, that one core holds.
    """
    found = []
    for share in SHARES_A_DAY:
        talks = round(sum(PUPILS.values()) * share)
        in_a_second = talks * PEAK_HOUR / 3600 * PEAK_MINUTE * messages_a_talk
        # Two at least: one may fail.
        cores = max(math.ceil(in_a_second / (messages_a_core * FILLED)), 2)
        found.append(Need(share, talks, in_a_second, cores))
    return found
