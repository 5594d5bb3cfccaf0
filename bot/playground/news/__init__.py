"""A small sample news site of our own writing: three languages, two feeds, a headline list, news every few seconds."""

from bot.playground.news.desk import Item
from bot.playground.news.site import NewsSource, SampleNews

__all__ = ["Item", "NewsSource", "SampleNews"]
