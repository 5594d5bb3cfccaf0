"""Telegram's text: HTML read by Telegram's own rules, entities, and what Telegram finds in a text by itself."""
