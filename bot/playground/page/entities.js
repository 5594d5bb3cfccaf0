// From a text and its entities (offsets in UTF-16 units, as JavaScript's strings count) to DOM nodes.
// Only text nodes and elements made here: nothing in a message can become markup.

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", custom_emoji: "span",
};
const COLLAPSED_LINES = 3;

export function safeUrl(url) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  try {
    const parsed = new URL(whole);
    return ["http:", "https:", "tg:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

export function link(url, label) {
  const target = safeUrl(url);
  const node = document.createElement(target ? "a" : "span");
  if (target) {
    node.href = target;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
  if (label !== undefined) node.textContent = label;
  return node;
}

// Telegram's entities nest properly or meet at their ends, so a range can be filled from outer to inner.
export function richText(text, entities, onCommand) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const root = document.createDocumentFragment();
  fill(root, text, 0, text.length, sorted, onCommand);
  return root;
}

function fill(parent, text, start, end, entities, onCommand) {
  let at = start;
  for (let index = 0; index < entities.length;) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    const inner = [];
    index += 1;
    while (index < entities.length && entities[index].offset < stop) inner.push(entities[index++]);
    if (entity.offset > at) parent.append(text.slice(at, entity.offset));
    const [node, inside] = element(entity, text.slice(entity.offset, stop), onCommand);
    fill(inside, text, entity.offset, stop, inner, onCommand);
    parent.append(node);
    at = stop;
    // A block starts on its own line by itself; the line feed beside it would make an empty one.
    if (isBlock(entity) && text[at] === "\n" && at < end) at += 1;
  }
  if (end > at) parent.append(text.slice(at, end));
}

function isBlock(entity) {
  return entity.type.endsWith("blockquote") || entity.type === "pre";
}

function element(entity, words, onCommand) {
  switch (entity.type) {
    case "text_link": return same(link(entity.url));
    case "url": return same(link(words));
    case "email": return same(document.createElement("span"));
    case "spoiler": return same(spoiler());
    case "bot_command": return same(command(words, onCommand));
    case "expandable_blockquote": return expandable();
    case "mention": case "hashtag": case "cashtag": case "text_mention": return same(marked());
    default: return same(document.createElement(TAGS[entity.type] ?? "span"));
  }
}

function same(node) {
  return [node, node];
}

function marked() {
  const node = document.createElement("span");
  node.className = "mark";
  return node;
}

function spoiler() {
  const node = document.createElement("span");
  node.className = "spoiler";
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", "hidden text; press to show");
  const show = () => {
    node.className = "spoiler shown";
    for (const name of ["role", "aria-label", "tabindex"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(); }
  });
  return node;
}

function command(words, onCommand) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "command";
  node.addEventListener("click", () => onCommand(words));
  return node;
}

function expandable() {
  const quote = document.createElement("blockquote");
  quote.className = "expandable";
  const inside = document.createElement("div");
  inside.className = "expandable-text";
  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "expand";
  const set = (open) => {
    quote.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Show less ▴" : "Show more ▾";
  };
  set(false);
  toggle.addEventListener("click", () => set(!quote.classList.contains("open")));
  quote.append(inside, toggle);
  // Where all of it fits, there is nothing to open; that is known only once it is laid out.
  requestAnimationFrame(() => {
    const line = parseFloat(getComputedStyle(inside).lineHeight) || 20;
    if (inside.scrollHeight <= line * COLLAPSED_LINES + 4) quote.classList.add("short");
  });
  return [quote, inside];
}
