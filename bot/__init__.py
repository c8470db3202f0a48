"""The Rasa bot: understanding, dialogue and the web-chat channel."""
