"""Digest to Message: HTML, limits, buttons and translations; knows Telegram's formats, not its client."""
