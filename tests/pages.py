"""Pages of our own writing for a local site."""
# ruff: noqa: E501 - a page reads better in whole lines

from html import escape

ARTICLE_TEXT = (
    "The footbridge over the Verkhivka river reopened on Monday after five months of repairs, the town council said.",
    "More than two thousand people cross the river here every day, and many had to walk to the road bridge instead.",
    "Workers replaced the wooden deck with steel and raised it by forty centimetres, above the level of the last flood.",
    "The repairs cost less than planned because the old piers turned out to be sound, the council's engineers reported.",
)

QUOTE = "We promised to finish before the first frost, and we kept our word to everybody who lives here"


def article(
    title: str = "Footbridge in Verkhivka reopens",
    *,
    tags: tuple[str, ...] = ("Verkhivka", "Bridges"),
    text: tuple[str, ...] = ARTICLE_TEXT,
    path: str = "/stories/1",
    image: str = "",
) -> str:
    """Return an article's page with advertising and a sidebar around it, and perhaps a lead picture's address."""
    picture = f'<meta property="og:image" content="{escape(image)}">' if image else ""
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text)
    links = "".join(f'<a rel="tag" href="/tags/{index}">{escape(tag)}</a> ' for index, tag in enumerate(tags))
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | Sample Herald</title>
<meta property="og:site_name" content="Sample Herald"><meta property="og:type" content="article">
<meta property="og:title" content="{escape(title)}"><link rel="canonical" href="{path}">
<meta property="article:published_time" content="2026-11-23T09:05:00+02:00"><meta name="author" content="Olena Sad">{picture}</head>
<body><nav><a href="/">Home</a> <a href="/support">Support us!</a></nav>
<article><h1>{escape(title)}</h1><p class="byline">By Olena Sad</p>{paragraphs}
<p>"{QUOTE}," Mayor Ivan Lis said at the opening on Monday morning.</p>
<p><strong>Background:</strong></p><ul><li>The bridge was closed in June after an inspection found rotten beams.</li></ul>
<div class="tags">{links}</div></article>
<aside><h3>Recent news</h3><a href="/stories/9">Harvest festival moves to the old market square</a></aside></body></html>"""


HOME = """<!DOCTYPE html><html><head><title>Sample Herald</title><meta property="og:type" content="website"></head><body>
<h1>Sample Herald</h1>""" + "".join(
    f'<div><a href="/stories/{number}">Headline number {number} of the day in Verkhivka</a></div>'
    for number in range(40)
)

EMPTY = "<!DOCTYPE html><html><head><title>Nothing</title></head><body></body></html>"

PAYWALL = """<!DOCTYPE html><html lang="en"><head><title>Inside the bridge contract | Sample Herald</title>
<meta property="og:type" content="article"><script type="application/ld+json">{"@context": "https://schema.org",
"@type": "NewsArticle", "headline": "Inside the bridge contract", "isAccessibleForFree": false,
"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paywall"}}</script></head><body>
<article><h1>Inside the bridge contract</h1><p>How the town chose its builders.</p>
<div class="paywall">Subscribe to read the rest of this story.</div></article></body></html>"""
