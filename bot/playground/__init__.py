"""A strict local Bot API server, a chat page and a small sample news site."""
