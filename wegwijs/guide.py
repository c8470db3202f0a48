"""Walks through the guides of content/guides: where a quick reply or typed words lead, and what follows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wegwijs import choose
from wegwijs.content import Content
from wegwijs.guide_schema import BALANCED, Answer, Guide, Part, Step
from wegwijs.situation import Place, Situation

# Between a guide and a step of it, in what a quick reply tells Rasa.
_OF = "."
# What it tells when a guide is left.
_LEAVE = "-"
# From so many words on a message tells more than yes, and more than which guide it wants.
_A_STORY, _A_LONG_STORY = 12, 25


@dataclass(frozen=True)
class Way:
    """A quick reply under a step."""

    id: str
    label: str
    tells: dict[str, str]  # entities of Rasa


def begun(guide: str) -> dict[str, str]:
    """Return what a quick reply tells that begins a guide."""
    return {"step": guide}


def chosen(step: str, answer: str | None, situation: Situation, content: Content) -> Place | None:
    """Return where a quick reply leads; None where it leaves.

    Args:
        step: what the reply tells: a guide, or a step of one.
        answer: the answer to the present step, where it was a question.
    """
    name, _, wanted = step.partition(_OF)
    guide = content.guides.get(name)
    if guide is None:
        return None
    here = situation.guide
    if here is None or here.guide != name:
        here = Place(name, (), {})
    return _moved(here, wanted or _steps(guide, situation)[0].id, answer)


def typed(intent: str, situation: Situation, content: Content) -> Place | None:
    """Return where typed words lead inside the guide under way, or which guide they begin; None: nowhere.

    Args:
        intent: what the message was taken for: a yes and a no are answers.
    """
    here = situation.guide
    if here and here.guide in content.guides:
        found = _typed_inside(intent, here, content.guides[here.guide], situation, content)
        if found:
            return found
    if len(situation.plain.split()) >= _A_LONG_STORY:
        return None
    heard = content.guides_in(situation.plain)
    begins = next((guide for guide in heard if choose.fits(guide, situation)), None)
    if begins is None or (here and here.guide == begins.id):
        return None
    return Place(begins.id, (_steps(begins, situation)[0].id,), {})


def leaves(situation: Situation, content: Content) -> bool:
    """Tell whether typed words leave the guide under way."""
    return situation.guide is not None and choose.heard(content.words.leave_guide, situation)


def step_at(place: Place, content: Content) -> Step:
    """Return the step where somebody is."""
    return next(step for step in content.guides[place.guide].steps if step.id == place.path[-1])


def name_of(place: Place) -> str:
    """Return the name of the step where somebody is, as it stands among what was said."""
    return _at(place.guide, place.path[-1])


def was_last(place: Place, situation: Situation) -> bool:
    """Tell whether the last reply was this step."""
    return situation.last == (name_of(place),)


def is_over(place: Place, situation: Situation, content: Content) -> bool:
    """Tell whether nothing follows any more."""
    return not step_at(place, content).answers and _next(place, situation, content) is None


def parts(place: Place, content: Content) -> Iterator[Part]:
    """Yield what the step says after its text, for the answers so far."""
    step, most = step_at(place, content), _most(place, content)
    first = next((part for part in step.first_of if _applies(part, place.answers, most)), None)
    if first:
        yield first
    yield from (part for part in step.each_of if _applies(part, place.answers, most))


def ways(place: Place, situation: Situation, content: Content) -> list[Way]:
    """Return the quick replies of a step: its answers, or the next step; back; and out."""
    step, words = step_at(place, content), content.words
    following = _next(place, situation, content)
    found = [
        Way(
            _OF.join((place.guide, step.id, answer.id)),
            answer.label,
            {"step": _at(place.guide, answer.to or (following or step).id), "answer": answer.id},
        )
        for answer in step.answers
    ]
    if not step.answers and following:
        found.append(Way("next_step", words.next_step.label, {"step": _at(place.guide, following.id)}))
    if len(place.path) > 1:
        found.append(Way("previous_step", words.previous_step.label, {"step": _at(place.guide, place.path[-2])}))
    if step.answers or following:
        found.append(Way("leave_guide", words.leave_guide.label, {"step": _LEAVE}))
    return found


def way_back(situation: Situation, content: Content) -> Way | None:
    """Return the quick reply that goes on with the guide under way."""
    here = situation.guide
    if here is None or here.guide not in content.guides or is_over(here, situation, content):
        return None
    label = content.words.resume_guide.label.format(title=content.guides[here.guide].title)
    return Way("resume_guide", label, {"step": name_of(here)})


def _typed_inside(intent: str, here: Place, guide: Guide, situation: Situation, content: Content) -> Place | None:
    step, following = step_at(here, content), _next(here, situation, content)
    onward = choose.heard(content.words.next_step, situation)
    if choose.heard(content.words.resume_guide, situation) or (onward and not was_last(here, situation)):
        return here
    if choose.heard(content.words.previous_step, situation) and len(here.path) > 1:
        return _moved(here, here.path[-2], None)
    answer = _answered(step, intent, situation)
    if answer and (answer.to or following):
        return _moved(here, answer.to or following.id, answer.id)  # type: ignore[union-attr]
    jump = next((one for one in _steps(guide, situation) if one is not step and choose.heard(one, situation)), None)
    if jump:
        return _moved(here, jump.id, None)
    agrees = intent == "affirm" and not step.answers and len(situation.plain.split()) < _A_STORY
    if following and not step.answers and (agrees or onward):
        return _moved(here, following.id, None)
    return None


def _answered(step: Step, intent: str, situation: Situation) -> Answer | None:
    for answer in step.answers:
        if answer.heard and answer.heard.search(situation.plain):
            return answer
    said = {"affirm": "yes", "deny": "no"}.get(intent)
    return next((answer for answer in step.answers if answer.id == said), None)


def _moved(here: Place, step: str, answer: str | None) -> Place:
    """Go to a step; one that was passed already is gone back to, and what was answered since is forgotten."""
    answers = {**here.answers, here.path[-1]: answer} if answer and here.path else dict(here.answers)
    if step not in here.path:
        return Place(here.guide, (*here.path, step), answers)
    path = here.path[: here.path.index(step) + 1]
    return Place(here.guide, path, {asked: said for asked, said in answers.items() if asked in path[:-1]})


def _next(place: Place, situation: Situation, content: Content) -> Step | None:
    guide, step = content.guides[place.guide], step_at(place, content)
    if step.ends:
        return None
    later = guide.steps[guide.steps.index(step) + 1 :]
    return next((one for one in later if choose.fits(one, situation)), None)


def _steps(guide: Guide, situation: Situation) -> list[Step]:
    return [step for step in guide.steps if choose.fits(step, situation)] or list(guide.steps)


def _most(place: Place, content: Content) -> str:
    """Return the outcome that most answers so far speak for, or BALANCED."""
    guide = content.guides[place.guide]
    votes = Counter(
        answer.speaks_for
        for step in guide.steps
        for answer in step.answers
        if answer.speaks_for and place.answers.get(step.id) == answer.id
    ).most_common(2)
    even = not votes or (len(votes) > 1 and votes[0][1] == votes[1][1])
    return BALANCED if even else str(votes[0][0])


def _applies(part: Part, answers: Mapping[str, str], most: str) -> bool:
    return part.most in (None, most) and all(answers.get(step) in wanted for step, wanted in part.when.items())


def _at(guide: str, step: str) -> str:
    return f"{guide}{_OF}{step}"
