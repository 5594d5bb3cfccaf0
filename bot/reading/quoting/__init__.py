"""The parts of finding direct speech; `bot.reading.quotes` puts them together."""
