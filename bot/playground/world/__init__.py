"""The state behind the Bot API: users, chats, messages, updates waiting to be fetched."""
