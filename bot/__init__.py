"""The Rasa bot: understanding, dialogue and the web-chat channel."""

from bot.in_process_actions import install

install()
