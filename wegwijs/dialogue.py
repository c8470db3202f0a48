"""Decides what a message is answered with: the question that was waiting, a question of our own, or the answer."""

from collections.abc import Collection
from datetime import datetime

from wegwijs import reply
from wegwijs.content import Asks, Content
from wegwijs.reply import Reply
from wegwijs.situation import Situation
from wegwijs.vocabulary import ESCALATIONS, NO_ESCALATION, UNKNOWN

# Intents that say little by themselves: after a question of ours they go with what was asked before.
_SAYS_LITTLE = frozenset({"affirm", "deny", "greet", "thank", "out_of_scope", "nlu_fallback"})
_TELLS = frozenset({"report_bullying", "express_feeling"})
_FIRST_TOPIC = "ask_tips"
_ASKS: tuple[Asks, ...] = ("role", "country")


def intent_to_answer(
    intent: str, situation: Situation, answered_as: str, told: Collection[str], content: Content
) -> str:
    """Return what to answer: what was said, or what waits behind a question of ours, a fact or a correction.

    Args:
        intent: of the message.
        situation: with what the message told already in it.
        answered_as: the role to which the last answer was addressed.
        told: the questions of labels.yml that the message itself answers.
    """
    if intent == "greet" and {"position", "form"} & set(told):
        intent = "report_bullying"
    waits = reply.asked(situation.last, content) in _ASKS
    corrected = UNKNOWN not in (answered_as, situation.role) and answered_as != situation.role
    if (waits or corrected) and intent in _SAYS_LITTLE | _TELLS:
        return situation.topic or (_FIRST_TOPIC if corrected else intent)
    if intent == "greet" and told and situation.topic:
        return situation.topic
    return intent


def respond(intent: str, situation: Situation, content: Content, now: datetime) -> Reply:
    """Stay with a danger; ask who or where, when the answer depends on it and it was never asked; else answer."""
    if intent in ESCALATIONS:
        return reply.danger(intent, situation, content, now)
    if situation.topic in ESCALATIONS and intent in _SAYS_LITTLE:
        return reply.stay(situation, content, now)
    # After a danger no question comes before the help.
    asks = _ASKS if situation.escalation == NO_ESCALATION else ()
    questions = (
        reply.question(one, intent, situation, content, now) for one in asks if getattr(situation, one) == UNKNOWN
    )
    question = next((one for one in questions if one), None)
    return question or reply.answer(intent, situation, content, now)
