"""The sample site's HTML: articles among ads, sidebars and lists, as news sites have them."""

import json
from collections.abc import Iterable
from html import escape
from itertools import groupby
from urllib.parse import quote

from bot.playground.news.desk import Item
from bot.playground.news.stories import Edition, Part, editions

_AD_AFTER = (1, 3)


def article_page(base: str, item: Item, latest: Iterable[Item]) -> str:
    """Return the page of one story.

    Args:
        base: the site's address, without a slash at its end.
        item: the story.
        latest: what the sidebar lists, the newest first.
    """
    story, edition, url = item.story, item.edition, base + item.path
    picture = f"{base}/pictures/{story.hue}.png"
    others = [each for each in latest if each.id != item.id]
    head = [
        f"<title>{escape(story.title)} | {escape(edition.name)}</title>",
        _meta("og:title", story.title),
        _meta("og:type", "article"),
        _meta("og:site_name", edition.name),
        _meta("og:url", url),
        _meta("og:image", picture),
        _meta("og:description", story.lead),
        f'<meta name="description" content="{escape(story.lead)}">',
        f'<link rel="canonical" href="{escape(url)}">',
        f'<script type="application/ld+json">{_json_ld(url, item)}</script>',
    ]
    return _page(edition, head, f"<main>{_article(item, picture, others)}</main>{_sidebar(edition, others)}")


def list_page(edition: Edition, items: Iterable[Item]) -> str:
    """Return the headline list: times without dates, under headings of days, the newest first."""
    days = "".join(
        f'<h2 class="latest__day">{escape(day)}</h2>{_rows(group)}'
        for day, group in groupby(items, lambda item: item.day)
    )
    title = f"<title>{escape(edition.words['all'])} | {escape(edition.name)}</title>"
    return _page(
        edition, [title], f'<main><h1>{escape(edition.words["all"])}</h1><div class="latest">{days}</div></main>'
    )


def home_page(edition: Edition, items: list[Item]) -> str:
    """Return the front page: teasers, no article."""
    teasers = "".join(
        f'<section class="teaser"><h2><a href="{item.path}">{escape(item.story.title)}</a></h2></section>'
        for item in items
    )
    return _page(
        edition, [f"<title>{escape(edition.name)}</title>"], f"<main>{teasers}</main>{_sidebar(edition, items)}"
    )


def paywall_page(edition: Edition, item: Item, offer: str) -> str:
    """Return a page that shows the lead and keeps the rest for subscribers.

    Args:
        edition: whose page it is.
        item: the story.
        offer: what stands in place of the rest.
    """
    story = item.story
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "isAccessibleForFree": False,
        "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".story__text"},
    }
    head = [
        f"<title>{escape(story.title)} | {escape(edition.name)}</title>",
        _meta("og:type", "article"),
        f'<script type="application/ld+json">{_script_json(ld)}</script>',
    ]
    body = (
        f'<main><article class="story"><h1 class="story__title">{escape(story.title)}</h1><div class="story__text">'
        f'<p>{escape(story.lead)}</p></div><div class="paywall"><h2>{escape(offer)}</h2>'
        '<form><input type="email"><button type="button">OK</button></form></div></article></main>'
    )
    return _page(edition, head, body)


def _page(edition: Edition, head: list[str], body: str) -> str:
    words = edition.words
    links = "".join(f'<a href="{each.path}news/">{each.language}</a>' for each in editions())
    feeds = (
        '<link rel="alternate" type="application/rss+xml" href="/eng/rss/" title="RSS">'
        if edition.path == "/eng/"
        else ""
    )
    feeds += (
        '<link rel="alternate" type="application/atom+xml" href="/atom/" title="Atom">' if edition.path == "/" else ""
    )
    return (
        f'<!DOCTYPE html><html lang="{edition.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">{"".join(head)}{feeds}'
        '<link rel="stylesheet" href="/style.css"></head><body>'
        f'<div class="masthead"><div class="masthead__name">{escape(edition.name)}</div>'
        f'<a href="{edition.path}sections/">{escape(words["sections"])}</a>{links}'
        f'<a class="masthead__support" href="/support/">{escape(words["support"])}</a> '
        f"<span>{escape(words['follow'])}</span></div>"
        f'<div class="columns">{body}</div>'
        f'<footer class="colophon"><p>{escape(words["rights"])}</p></footer></body></html>'
    )


def _article(item: Item, picture: str, others: list[Item]) -> str:
    story, edition = item.story, item.edition
    words = edition.words
    caption = f"{story.caption} {edition.words['photo']}" if story.caption else edition.words["photo"]
    topics = "".join(f'<a href="{edition.path}topics/{quote(tag)}/">{escape(tag)}</a>' for tag in story.tags)
    return (
        f'<article class="story"><h1 class="story__title">{escape(story.title)}</h1>'
        f'<div class="story__byline"><a rel="author" href="{edition.path}authors/">{escape(story.author)}</a></div>'
        f'<time class="story__time" datetime="{item.published.isoformat()}">{escape(item.day)}, {item.clock}</time>'
        f'<figure><img src="{picture}" alt="">'
        f'<figcaption class="story__caption">{escape(caption)}</figcaption></figure>'
        f'<div class="story__share">{escape(words["share"])} <span hidden>{escape(words["copied"])}</span></div>'
        f'<div class="story__text"><p>{escape(story.lead)}</p>{_parts(item, others)}'
        f'<p class="story__patron"><a href="/support/">{escape(words["patron"])}</a></p></div>'
        f'<div class="story__topics">{topics}</div></article>'
    )


def _parts(item: Item, others: list[Item]) -> str:
    edition = item.edition
    promo = f'<div class="promo">{escape(edition.words["ad"])} {escape(edition.words["advert"])}</div>'
    blocks = [
        _part(edition, part) + (promo if place in _AD_AFTER else "") for place, part in enumerate(item.story.parts)
    ]
    if others:
        also = f'<a href="{others[0].path}">{escape(others[0].story.title)}</a>'
        blocks.insert(2, f'<p class="story__also"><strong>{escape(edition.words["more"])}</strong> {also}</p>')
    return "".join(blocks)


def _part(edition: Edition, part: Part) -> str:
    label = f"<strong>{escape(edition.label(part))}</strong> " if part.kind != "p" else ""
    if part.kind == "background":
        return f"<p>{label}</p><ul>" + "".join(f"<li>{escape(text)}</li>" for text in part.texts) + "</ul>"
    text = _quoted(edition, part.texts[0]) if part.kind == "quote" else part.texts[0]
    return f"<p>{label}{escape(text, quote=False)}</p>"


def _quoted(edition: Edition, text: str) -> str:
    return f'"{text}"' if edition.language == "en" else f"«{text}»"


def _sidebar(edition: Edition, items: Iterable[Item]) -> str:
    known = list(items)
    top = "".join(f'<p><a href="{item.path}">{escape(item.story.title)}</a></p>' for item in known[4:8])
    return (
        f'<aside><h3>{escape(edition.words["recent"])}</h3>{_rows(known[:10])}<p><a href="{edition.path}news/">'
        f"{escape(edition.words['all'])}</a></p><h3>{escape(edition.words['top'])}</h3>{top}</aside>"
    )


def _rows(items: Iterable[Item]) -> str:
    return "".join(
        f'<div class="latest__row"><span class="latest__clock">{item.clock}</span> '
        f'<a class="latest__title" href="{item.path}">{escape(item.story.title)}</a></div>'
        for item in items
    )


def _meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{escape(content)}">'


def _json_ld(url: str, item: Item) -> str:
    moment = item.published.isoformat()
    return _script_json(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": url,
            "headline": item.story.title,
            "datePublished": moment,
            "dateModified": moment,
            "author": {"@type": "Person", "name": item.story.author},
            "publisher": {"@type": "Organization", "name": item.edition.name},
            "keywords": list(item.story.tags),
            "inLanguage": item.edition.language,
        }
    )


def _script_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
