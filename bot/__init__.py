"""Quotewire: an async Telegram bot that delivers cleaned news summaries."""
