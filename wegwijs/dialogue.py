"""Decides what a message is answered with: the question that was waiting, a question of our own, or the answer."""

from datetime import datetime

from wegwijs import reply
from wegwijs.content import Asks, Content
from wegwijs.reply import Reply
from wegwijs.situation import Situation
from wegwijs.vocabulary import UNKNOWN

# Intents that say little by themselves: after a question of ours they go with what was asked before.
_SAYS_LITTLE = frozenset({"affirm", "deny", "greet", "thank", "out_of_scope", "nlu_fallback"})
_TELLS = frozenset({"report_bullying", "express_feeling"})
_FIRST_TOPIC = "ask_tips"
_ASKS: tuple[Asks, ...] = ("role", "country")


def intent_to_answer(intent: str, situation: Situation, answered_as: str, content: Content) -> str:
    """Return what to answer: what was said, or what waits behind a question of ours or a correction.

    Args:
        intent: of the message.
        situation: with what the message told already in it.
        answered_as: the role to which the last answer was addressed.

    """
    waits = situation.topic and reply.asked(situation.last, content) in _ASKS
    if waits and intent in _SAYS_LITTLE | _TELLS:
        return situation.topic or intent
    corrected = UNKNOWN not in (answered_as, situation.role) and answered_as != situation.role
    if corrected and intent in _SAYS_LITTLE | _TELLS:
        return situation.topic or _FIRST_TOPIC
    return intent


def respond(intent: str, situation: Situation, content: Content, now: datetime) -> Reply:
    """Ask who or where, when the answer depends on it and it was never asked; else answer."""
    questions = (
        reply.question(asks, intent, situation, content, now) for asks in _ASKS if getattr(situation, asks) == UNKNOWN
    )
    question = next((one for one in questions if one), None)
    return question or reply.answer(intent, situation, content, now)
