"""What the elements of a page are by their tags and names: captions, and what stands around an article."""

from collections.abc import Sequence
from enum import Enum
from functools import cache

from bot.reading.blocks import HEADINGS, Node


class Zone(Enum):
    """What an element holds."""

    TEXT = "text"
    CAPTION = "caption"
    NOISE = "noise"


_NOISE_TAGS = frozenset(("nav", "footer", "aside", "form", "address", "label", "fieldset", "menu", "legend", "amp-ad"))
_CAPTION_TAGS = frozenset(("figure", "figcaption", "amp-img"))
_CAPTION_WORDS = frozenset(
    "caption captions figcaption figure photo photos picture pictures pic image images img gallery slideshow carousel "
    "slider lightbox bildunterschrift legende leyenda pie didascalia foto fotos bild bilder media multimedia credit "
    "credits copyright photographer".split()
)
# A caption's words on an element that holds running text mean a text with pictures, not a caption.
CAPTION_NAMES = frozenset("caption captions figcaption bildunterschrift legende leyenda didascalia".split())
_NOISE_WORDS = frozenset(
    """
    ad ads adv advert adverts advertisement advertisements advertising advertorial adslot adunit adbox adsense banner
    banners sponsor sponsored sponsors promo promos promotion promotions promoted promotional marketing commercial
    outbrain taboola dfp gpt googletag teads anzeige anzeigen werbung publicidad publicite pubblicita reklama
    related relateds recommended recommendation recommendations recommend recirc recirculation linkstack
    popular trending mostread mostpopular mostviewed latest readmore readnext morestories upnext
    newsletter newsletters signup subscribe subscribebox subscription subscriptions abo abos login signin register
    paybox upsell cta
    share shares sharebar sharing sharer socials social socialbar sharetools addthis addtoany whatsapp messenger follow
    comment comments commenting kommentare kommentar disqus forum respond replies reactions reaction
    breadcrumb breadcrumbs nav navbar navigation subnav menu submenu masthead sidebar rail toolbar tools tooltip
    footer foot colophon contentinfo sitemap
    tags taglist tagcloud keywords topics hashtags categories
    author authors byline bylines bio biography contributor contributors autor autoren writer avatar
    widget widgets poll quiz survey voting rating ratings weather horoscope stock ticker lottery
    cookie cookies consent gdpr popup modal overlay dialog drawer offcanvas
    bookmark bookmarks donate donation donations membership
    disclaimer imprint legal
    embed embedded embeds oembed tweet twitter instagram facebook tiktok youtube telegram reddit
    player jwplayer videoplayer audioplayer podcast podcasts playlist
    timestamp pubdate published dateline date dates datetime updated lastupdated modified
    search skip skiplink pagination pager paging prevnext
    affiliate shopping product products prices merch
    feedback report correction errata
    complementary navigation banner
    """.split()
)
# Two names that say together what neither says alone.
_NOISE_PAIRS = frozenset(
    """
    read_more read_next read_also see_also most_read most_viewed most_popular more_on more_from more_news more_stories
    also_read article_list news_list link_list other_news sign_up sign_in lire_aussi mehr_zum post_navigation
    article_tools article_meta entry_meta post_meta meta_data story_meta up_next top_stories entry_footer leggi_anche
    te_puede jump_to skip_to key_words word_count reading_time read_time about_author back_to load_more show_more
    follow_us contact_us screen_reader article_info article_footer post_footer
    """.split()
)
# Elements with these names may be pictures of the article.
_SOFT_NOISE = frozenset(
    "widget widgets embed embedded embeds oembed player jwplayer videoplayer product products published updated lightbox "
    "social share author credit copyright overlay modal time skip tooltip read_more show_more".split()
)
_HARD_NOISE = (_NOISE_WORDS | _NOISE_PAIRS) - _SOFT_NOISE - _CAPTION_WORDS
_HARD_TAGS = frozenset(("nav", "aside", "form", "menu"))
_SIGNS = _NOISE_WORDS | _CAPTION_WORDS
# A tag or name whose elements hold more than this share of a page's prose is that site's name for its text.
_MAX_NOISE_SHARE = 0.4
# These say plainly what they hold; pages that put their text into them are rare.
_PLAIN = frozenset(
    "nav footer figcaption figure form address caption captions copyright comment comments commenting kommentare disqus "
    "related recommended recommendations newsletter cookie cookies consent disclaimer imprint legal".split()
)
_MAX_PLAIN_SHARE = 0.8
_STRUCTURE = frozenset(("html", "body", "main"))


def zones(nodes: Sequence[Node], prose: Sequence[int]) -> dict[Node, Zone]:
    """Judge every element; what stands inside noise is noise.

    Args:
        nodes: its elements in document order.
        prose: running sums of the blocks' prose (bot.reading.region.prose_sums).
    """
    misleading = _misleading(nodes, prose)
    found: dict[Node, Zone] = {}
    for node in nodes:
        around = found[node.parent] if node.parent is not None else Zone.TEXT
        own = Zone.NOISE if around is Zone.NOISE else _zone(node, misleading)
        found[node] = around if own is Zone.TEXT else own
    return found


def _zone(node: Node, misleading: frozenset[str]) -> Zone:
    """Judge an element by its own tag and names."""
    if node.tag in _STRUCTURE:
        return Zone.TEXT
    if node.tag in _NOISE_TAGS and node.tag not in misleading:
        return Zone.NOISE
    if node.tag in _CAPTION_TAGS and node.tag not in misleading:
        return Zone.CAPTION
    words = signs(node) - misleading
    if not words:
        return Zone.TEXT
    if words.isdisjoint(_CAPTION_WORDS):
        return Zone.NOISE
    return Zone.CAPTION if words <= _CAPTION_WORDS | _SOFT_NOISE or not words.isdisjoint(CAPTION_NAMES) else Zone.NOISE


@cache
def _signs(words: tuple[str, ...]) -> frozenset[str]:
    pairs = ("_".join(pair) for pair in zip(words, words[1:], strict=False))
    return frozenset(word for word in words if word in _SIGNS) | frozenset(
        pair for pair in pairs if pair in _NOISE_PAIRS
    )


def signs(node: Node) -> frozenset[str]:
    """Return the names of an element that speak against its being text."""
    return _signs(node.words) if node.tag not in HEADINGS else frozenset()


def is_hard_noise(node: Node) -> bool:
    """Say whether an element is named as something that holds other articles, people or calls, with their pictures."""
    return node.tag in _HARD_TAGS or not signs(node).isdisjoint(_HARD_NOISE)


def _misleading(nodes: Sequence[Node], prose: Sequence[int]) -> frozenset[str]:
    """Return the tags and names that cover so much of this page's prose that here they mean the article."""
    covered: dict[str, int] = {}
    reached: dict[str, int] = {}
    for node in nodes:
        amount = prose[node.end] - prose[node.start]
        if not amount:
            continue
        for sign in (node.tag, *signs(node)):
            if node.start >= reached.get(sign, 0):
                covered[sign] = covered.get(sign, 0) + amount
                reached[sign] = node.end
    return frozenset(
        sign
        for sign, amount in covered.items()
        if amount > (_MAX_PLAIN_SHARE if sign in _PLAIN else _MAX_NOISE_SHARE) * prose[-1]
    )
