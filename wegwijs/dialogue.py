"""Decides how a message is answered: a step of a guide, a question of ours or what waited behind it, the answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wegwijs import choose, guide, guide_reply, reply
from wegwijs.content import Content
from wegwijs.content_schema import Asks
from wegwijs.reply import Reply
from wegwijs.situation import Place, Situation
from wegwijs.vocabulary import ESCALATIONS, FALLBACK_INTENT, GUIDE_INTENT, NO_ESCALATION, UNKNOWN

# Intents that say little by themselves: after a question of ours they go with what was asked before.
_SAYS_LITTLE = frozenset({"affirm", "deny", "greet", "thank", "out_of_scope", "nlu_fallback"})
_TELLS = frozenset({"report_bullying", "express_feeling"})
_FIRST_TOPIC, _FIRST_PLATFORM_TOPIC = "ask_tips", "ask_block"
# From so many words on there is more in a message than yes, no or "weet niet".
_A_STORY, _A_SENTENCE = 4, 6
# Two readings are close when the first is this unsure and the second has this share of its confidence. Of training
# messages judged by a model that had not learnt them one in twelve is so; the first reading of these is right in a
# half, one of the two in four of five.
_UNSURE, _CLOSE = 0.45, 0.7
# From this confidence on even a few words are clear: "wie leest dit".
_CLEAR = 0.6
_TWO = 2
_ASKS: tuple[Asks, ...] = ("role", "country")


@dataclass(frozen=True)
class Said:
    """What a message said, before it is known what to answer."""

    ranking: Sequence[str]  # the intents, the likeliest first
    confidences: Sequence[float]  # of each intent of the ranking
    words: int
    follows_up: bool  # it leans on what was said before: "en als dat niet helpt?"
    chosen: bool  # a quick reply: it means what it says, however short
    told: Collection[str]  # the questions of labels.yml that the message itself answers
    step: str | None = None  # of a guide, to which a quick reply leads
    answer: str | None = None  # to the step before it


@dataclass(frozen=True)
class Turn:
    """What is answered, what the conversation is about after it, and where somebody is in a guide."""

    reply: Reply
    topic: str | None
    guide: Place | None
    role: str | None = None  # of the person, where the turn settles it


def take_turn(said: Said, situation: Situation, answered_as: str, content: Content, now: datetime) -> Turn:
    """Answer a message in which no danger was seen.

    Args:
        said: the message.
        situation: with what the message told already in it.
        answered_as: the role to which the last answer was addressed.
    """
    walked = _walk(said, situation, content, now)
    if walked:
        return walked
    intent = intent_to_answer(said, situation, answered_as, content)
    topic = topic_after(intent, situation)
    about = situation.but(topic=topic)
    doubtful = close_readings(said, situation)
    heard = None if said.chosen else reply.to_what_was_heard(situation, content, now)
    named = reply.specific(intent, about, content, now)
    found = (
        heard
        or (_and_how_it_is(named, about, content, now) if named else None)
        or (reply.which(doubtful, situation, content, now) if intent in doubtful else None)
        or respond(intent, about, content, now)
    )
    return Turn(
        guide_reply.with_way_back(found, situation, content), situation.topic if heard else topic, situation.guide
    )


def is_vague(said: Said) -> bool:
    """Tell whether a message is no answer to the question about danger, and no other question: "gisteren"."""
    return not said.chosen and said.ranking[0] in {*_TELLS, "greet"} and said.words < _A_SENTENCE


def check_again(said: Said, situation: Situation, content: Content, now: datetime) -> Reply | None:
    """Repeat the question about danger to who only told the role or the country; None where that was done before."""
    only_who = not said.chosen and said.words < _A_STORY and set(said.told) and set(said.told) <= set(_ASKS)
    if not only_who or said.ranking[0] == "affirm" or reply.asked_times(situation, content) != 1:
        return None
    return reply.same_question(situation, content, now)


def ask_again(turn: Turn, situation: Situation, content: Content, now: datetime) -> Turn | None:
    """Ask about the danger once more beside the answer to another question; None where that was done before."""
    if reply.asked_times(situation, content) != 1:
        return None
    asked = reply.same_question(situation, content, now)
    return replace(turn, reply=reply.together(turn.reply, asked))


def _walk(said: Said, situation: Situation, content: Content, now: datetime) -> Turn | None:
    """Go on in a guide, begin one, or leave; None when the message is about something else."""
    here, intent = situation.guide, said.ranking[0]
    if said.chosen and intent == GUIDE_INTENT:
        place = guide.chosen(said.step or "", said.answer, situation, content)
        return _at(place, situation, content, now) if place else _left(situation, content, now)
    if said.chosen:
        return None
    if guide.leaves(situation, content):
        return _left(situation, content, now)
    if situation.topic in ESCALATIONS and not _is_navigation(situation, content):
        return None  # what is told after a danger is about that danger
    place = guide.typed(intent, situation, content)
    if place:
        return _at(place, situation, content, now)
    # A few words that say nothing else were meant as an answer.
    asked = here and guide.step_at(here, content).answers and guide.was_last(here, situation)
    means_little = intent in _SAYS_LITTLE or choose.heard(content.words.next_step, situation)
    if here and asked and means_little and said.words < _A_STORY:
        again = guide_reply.not_understood(here, situation, content, now)
        return Turn(again, situation.topic, here)
    return None


def _is_navigation(situation: Situation, content: Content) -> bool:
    words = content.words
    return any(
        choose.heard(one, situation)
        for one in (words.next_step, words.previous_step, words.leave_guide, words.resume_guide)
    )


def _at(place: Place, situation: Situation, content: Content, now: datetime) -> Turn:
    # Who walks through a guide for children is one: "met de juf" in it comes from no teacher.
    roles = content.guides[place.guide].role
    role = roles[0] if situation.role == UNKNOWN and UNKNOWN in roles else situation.role
    # Who goes on with a guide has left the danger behind: the next words are about the step.
    topic = None if situation.topic in ESCALATIONS else situation.topic
    return Turn(guide_reply.step(place, situation.but(guide=place, role=role), content, now), topic, place, role)


def _left(situation: Situation, content: Content, now: datetime) -> Turn:
    about = situation.but(guide=None)
    return Turn(guide_reply.left(about, content, now), situation.topic, None)


def intent_to_answer(said: Said, situation: Situation, answered_as: str, content: Content) -> str:
    """Return what to answer: what was said, or what waits behind a question of ours, a fact or a correction.

    Args:
        said: the message.
        situation: with what the message told already in it.
        answered_as: the role to which the last answer was addressed.
    """
    if said.follows_up and situation.topic and situation.topic not in ESCALATIONS:
        return situation.topic if reply.has_news(situation.topic, situation, content) else _FIRST_TOPIC
    intent = _meant(said, situation, content)
    if intent in _SAYS_LITTLE | _TELLS and said.words < _A_STORY and content.platform_in(situation.plain):
        return situation.topic or _FIRST_PLATFORM_TOPIC  # only "op snap": what was asked before, there
    waits = reply.asked(situation.last, content) in _ASKS
    corrected = UNKNOWN not in (answered_as, situation.role) and answered_as != situation.role
    if (waits or corrected) and intent in _SAYS_LITTLE | _TELLS:
        return situation.topic or (_FIRST_TOPIC if corrected else intent)
    if intent == "greet" and said.told and situation.topic:
        return situation.topic
    return intent


def close_readings(said: Said, situation: Situation) -> tuple[str, ...]:
    """Return the two intents between which Wegwijs asks instead of guessing; nothing where one is clear enough.

    Nobody is asked twice in a row, nor after a danger: there the help goes before the question.
    """
    if said.chosen or said.words < _A_STORY or situation.escalation != NO_ESCALATION or len(said.ranking) < _TWO:
        return ()
    first, second = said.confidences[:_TWO]
    return tuple(said.ranking[:_TWO]) if first < _UNSURE and second >= _CLOSE * first else ()


def respond(intent: str, situation: Situation, content: Content, now: datetime) -> Reply:
    """Stay with a danger; ask who or where, when the answer depends on it and it was never asked; else answer.

    The first answer after a danger that is about something else also asks how it is.
    """
    if intent in ESCALATIONS:
        return reply.danger(intent, situation, content, now)
    if situation.topic in ESCALATIONS and intent in _SAYS_LITTLE:
        return reply.stay(situation.but(escalation=situation.topic), content, now)
    # After a danger no question comes before the help.
    asks = _ASKS if situation.escalation == NO_ESCALATION else ()
    questions = (
        reply.question(one, intent, situation, content, now) for one in asks if getattr(situation, one) == UNKNOWN
    )
    question = next((one for one in questions if one), None)
    return _and_how_it_is(question or reply.answer(intent, situation, content, now), situation, content, now)


def _and_how_it_is(said: Reply, situation: Situation, content: Content, now: datetime) -> Reply:
    asks_how = reply.how_it_is(situation, content, now)
    return reply.together(said, asks_how) if asks_how else said


def topic_after(intent: str, situation: Situation) -> str | None:
    """Return what the conversation is about after this intent: small talk and facts do not change it in danger."""
    keeps = _SAYS_LITTLE | _TELLS if situation.topic in ESCALATIONS else reply.SMALL_TALK
    return situation.topic if intent in keeps else intent


def _meant(said: Said, situation: Situation, content: Content) -> str:
    """Read the intent of a few words, or of a yes or no with a story behind it, in its place in the conversation."""
    intent = said.ranking[0]
    if intent in ("affirm", "deny") and said.words >= _A_STORY:
        intent = next((name for name in said.ranking if name not in ("affirm", "deny")), intent)
    if intent == "greet" and {"position", "form"} & set(said.told):
        return "report_bullying"
    if not said.chosen and choose.heard(content.words.next_step, situation):
        return situation.topic if situation.topic and situation.topic not in ESCALATIONS else FALLBACK_INTENT
    if not said.chosen and choose.heard(content.words.leave_guide, situation):
        return "goodbye"
    if (
        intent == "greet"
        and situation.given
        and not said.chosen
        and not choose.heard(content.words.greeting, situation)
    ):
        return FALLBACK_INTENT  # "ik ben 14", in the middle of a talk, is no hello
    if intent == "out_of_scope" and said.words < _A_STORY and situation.topic:
        return FALLBACK_INTENT  # "weet niet", in the middle of a talk, is not another subject
    few_words = said.words < _A_STORY and said.confidences[0] < _CLEAR
    if situation.topic in ESCALATIONS and not said.chosen and (intent in _TELLS or few_words):
        return FALLBACK_INTENT  # what is told after a danger is about that danger, and so are a few unclear words
    return intent
