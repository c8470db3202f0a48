"""Runs the custom actions in the process of Rasa, without an HTTP hop of 20 to 30 ms for each.

Rasa 3.6 makes an EndpointConfig of whatever stands under `action_endpoint` in endpoints.yml, so there is no class to
put in its place. `install` teaches RemoteAction one address, `in-process`; every other address goes the usual way. So
the stock commands (`rasa shell`, `rasa run`) and `wegwijs run` behave alike.
"""

import inspect
from functools import lru_cache
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

URL = "in-process"
_run_over_http = RemoteAction.run


@lru_cache(maxsize=1)
def executor() -> ActionExecutor:
    """Return the executor of rasa-sdk that knows every action of the package `actions`."""
    found = ActionExecutor()
    found.register_package("actions")
    return found


async def _run(
    self: RemoteAction,
    output_channel: OutputChannel,
    nlg: NaturalLanguageGenerator,
    tracker: DialogueStateTracker,
    domain: Domain,
) -> list[Event]:
    """Run an action as RemoteAction.run does: what it says first, then what it wants to be remembered."""
    if not self.action_endpoint or self.action_endpoint.url != URL:
        events: list[Event] = await _run_over_http(self, output_channel, nlg, tracker, domain)
        return events
    dispatcher = CollectingDispatcher()
    found = executor().actions[self.name()](dispatcher, _as_the_sdk_has_it(tracker), {})
    remembered = await found if inspect.isawaitable(found) else found
    said = await self._utter_responses(dispatcher.messages, output_channel, nlg, tracker)
    return [*said, *(_event(event) for event in remembered or ())]


def _as_the_sdk_has_it(tracker: DialogueStateTracker) -> Tracker:
    """Return the tracker without its events: no action reads them."""
    message = tracker._latest_message_data()
    return Tracker(
        tracker.sender_id, tracker.current_slot_values(), message, [], False, None, {}, tracker.latest_action_name
    )


def _event(event: dict[str, Any]) -> Event:
    """Read an event; Rasa searches through all its classes for each."""
    if event["event"] == SlotSet.type_name:
        return SlotSet(event["name"], event["value"])
    return Event.from_parameters(event)


def install() -> None:
    """Make `url: in-process` work; calling it again changes nothing."""
    RemoteAction.run = _run
