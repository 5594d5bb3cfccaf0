// One message as a bubble: header, reply, picture, text, preview, keyboard, time.

import { link, richText, safeUrl } from "./entities.js";

const clockOf = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hour12: false });

export function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

// `actions`: press(message, data, node), command(text), reply(message), isPending(message, data).
export function renderMessage(message, chat, actions) {
  const service = serviceText(message);
  if (service) return make("div", "service", make("span", "", service));
  const side = message.mine ? "mine" : "theirs";
  const bubble = make("article", "bubble");
  bubble.append(...headers(message, chat));
  const picture = pictureOf(message);
  if (picture) bubble.append(picture);
  if (message.document) bubble.append(make("p", "document", `📄 ${message.document.file_name}`));
  const words = make("div", "words");
  words.append(richText(textOf(message), entitiesOf(message), actions.command));
  bubble.append(words, foot(message));
  const row = make("div", `row ${side}`, bubble);
  const keyboard = keyboardOf(message, actions);
  if (keyboard) row.append(keyboard);
  if (!message.mine) bubble.append(replyButton(message, actions));
  row.dataset.id = message.message_id;
  addPreview(message, words);
  return row;
}

export const textOf = (message) => message.text ?? message.caption ?? "";
export const entitiesOf = (message) => message.entities ?? message.caption_entities ?? [];

export function summaryOf(message) {
  return serviceText(message) || textOf(message).replace(/\s+/g, " ") || (message.photo ? "Photo" : "Document");
}

function serviceText(message) {
  if (message.migrate_to_chat_id) return "This group was upgraded to a supergroup";
  if (message.migrate_from_chat_id) return "This supergroup was a group before";
  if (message.chat_shared) return `You shared “${message.chat_shared.title ?? message.chat_shared.chat_id}”`;
  if (message.forum_topic_closed) return "The topic was closed";
  if (message.forum_topic_reopened) return "The topic was opened again";
  if (message.forum_topic_created) return `Topic “${message.forum_topic_created.name}” was opened`;
  return "";
}

function senderOf(message) {
  return message.sender_chat?.title ?? [message.from?.first_name, message.from?.last_name].filter(Boolean).join(" ");
}

function headers(message, chat) {
  const parts = [];
  if (chat.type !== "private" && !message.mine) {
    parts.push(make("p", "sender", senderOf(message)));
  }
  const origin = message.forward_origin;
  if (origin) {
    const name = origin.sender_user_name ?? origin.sender_user?.first_name ?? (origin.chat ?? origin.sender_chat)?.title;
    parts.push(make("p", "forwarded", `Forwarded from ${name}`));
  }
  if (message.reply_to_message) {
    const target = message.reply_to_message;
    const quote = make("button", "reply-quote", make("b", "", senderOf(target)), summaryOf(target).slice(0, 120));
    quote.type = "button";
    quote.addEventListener("click", () => {
      document.querySelector(`.row[data-id="${target.message_id}"]`)?.scrollIntoView({ block: "center" });
    });
    parts.push(quote);
  }
  return parts;
}

function pictureOf(message) {
  if (!message.photo) return null;
  const image = make("img", "photo");
  image.src = `/photo/${encodeURIComponent(message.photo.at(-1).file_id)}`;
  image.alt = "photo";
  return image;
}

function foot(message) {
  const time = make("time", "", clockOf.format(new Date(message.date * 1000)));
  const line = make("p", "foot-line");
  if (message.edited) line.append(make("span", "edited", "edited "));
  line.append(time);
  if (message.mine) line.append(make("span", "ticks", " ✓✓"));
  return line;
}

function replyButton(message, actions) {
  const button = make("button", "reply", "↩");
  button.type = "button";
  button.setAttribute("aria-label", "Reply");
  button.addEventListener("click", () => actions.reply(message));
  return button;
}

function keyboardOf(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const keyboard = make("div", "keyboard");
  for (const row of rows) {
    keyboard.append(make("div", "keyboard-row", ...row.map((button) => keyOf(button, message, actions))));
  }
  return keyboard;
}

function keyOf(button, message, actions) {
  if (button.url) {
    const target = link(button.url, button.text);
    target.className = "key outward";
    return target;
  }
  const key = make("button", "key", button.text);
  key.type = "button";
  const waiting = actions.isPending(message, button.callback_data);
  key.setAttribute("aria-busy", String(waiting));
  key.dataset.data = button.callback_data ?? "";
  key.addEventListener("click", () => {
    if (key.getAttribute("aria-busy") === "true") return;
    key.setAttribute("aria-busy", "true");
    actions.press(message, button.callback_data);
  });
  return key;
}

// Link previews: the link that the message names, or its first, unless it wants none.
function previewUrl(message) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled || message.photo) return null;
  if (options.url) return options.url;
  for (const entity of entitiesOf(message)) {
    if (entity.type === "text_link") return entity.url;
    if (entity.type === "url") return textOf(message).slice(entity.offset, entity.offset + entity.length);
  }
  return null;
}

const cards = new Map();

async function cardOf(url) {
  if (!cards.has(url)) {
    cards.set(url, fetch(`/preview?url=${encodeURIComponent(url)}`).then((answer) => answer.json(), () => null));
  }
  return cards.get(url);
}

async function addPreview(message, words) {
  const url = previewUrl(message);
  if (!url || !safeUrl(url)) return;
  const card = await cardOf(url);
  if (!card || !words.isConnected) return;
  const image = make("img", "");
  image.src = card.picture;
  image.alt = "";
  const body = make("div", "card-text", make("strong", "", card.site), make("b", "", card.title), make("span", "", card.text));
  const node = link(url);
  node.className = "card";
  node.append(body, image);
  const above = message.link_preview_options?.show_above_text;
  if (above) words.before(node);
  else words.after(node);
  words.dispatchEvent(new CustomEvent("grown", { bubbles: true }));
}
