// The window: chats, messages, the news list, and the one WebSocket that all of it comes through.

import { Composer } from "./composer.js";
import { make, renderMessage, summaryOf } from "./message.js";

const byId = (id) => document.getElementById(id);
const RECONNECT_MS = 1000;
const TYPING_MS = 5000;
const NEAR_END = 120;
const SHOWN_NEWS = 12;
const HINTS = {
  private: "Press START, or try one of the links below. The bot is real; only Telegram is played by this page.",
  group: "In a group the bot answers /read, mentions and replies to it.",
  supergroup: "In a group the bot answers /read, mentions and replies to it.",
  channel: "The bot is an administrator of this channel. What the channel follows is posted here.",
};

const world = { me: null, bot: null, chats: new Map(), commands: {}, samples: [], active: null };
const pending = new Map(); // query id → [chat id, message id, data]
const early = new Set(); // answers that came before the press was confirmed
let socket = null;
let typingTimer = 0;

const composer = new Composer({
  send: (text, replyTo, manner) => say({ do: "send", chat: world.active.id, text, reply_to: replyTo, manner }),
  commands: () => world.commands[world.active?.id] ?? [],
  botName: () => world.bot?.username,
  inGroup: () => world.active?.type !== "private",
});

function say(what) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(what));
  else toast("Not connected. The demo may have been stopped.");
}

function connect() {
  socket = new WebSocket(`ws://${location.host}/world`);
  socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  socket.addEventListener("close", () => {
    byId("chat-status").textContent = "waiting for the demo…";
    document.body.classList.add("offline");
    setTimeout(connect, RECONNECT_MS);
  });
}

function receive(change) {
  const kinds = { state, message, edit, delete: remove, action, answer, pressed, commands, news, problem, interface: changeInterface };
  kinds[change.kind]?.(change);
}

// What comes in

function state(change) {
  document.body.classList.remove("offline");
  const before = world.active?.id;
  Object.assign(world, { me: change.me, bot: change.bot, commands: change.commands });
  world.chats = new Map(change.chats.map((chat) => [chat.id, { ...chat, unread: 0 }]));
  byId("language").value = change.me.language_code ?? "en";
  byId("news").replaceChildren(...change.news.map(newsRow));
  world.samples = change.samples;
  open(world.chats.get(before) ?? [...world.chats.values()][0]);
}

function message(change) {
  const chat = world.chats.get(change.chat_id);
  chat.messages.push(change.message);
  if (chat === world.active) {
    if (!change.message.mine) quietStatus();
    append(change.message);
  } else if (!change.message.mine) {
    chat.unread += 1;
  }
  listChats();
}

function edit(change) {
  const chat = world.chats.get(change.chat_id);
  const index = chat.messages.findIndex((each) => each.message_id === change.message.message_id);
  if (index < 0) return;
  chat.messages[index] = change.message;
  const row = rowOf(change.chat_id, change.message.message_id);
  if (row) {
    const follow = atEnd();
    const fresh = draw(change.message);
    keepFocus(row, fresh);
    row.replaceWith(fresh);
    if (change.marked) fresh.classList.add("changed");
    if (follow) toEnd();
  }
  listChats();
}

function remove(change) {
  const chat = world.chats.get(change.chat_id);
  chat.messages = chat.messages.filter((each) => each.message_id !== change.message.message_id);
  rowOf(change.chat_id, change.message.message_id)?.remove();
  listChats();
}

function action(change) {
  if (change.chat_id !== world.active.id) return;
  clearTimeout(typingTimer);
  document.body.classList.add("typing");
  byId("chat-status").textContent = change.action === "typing" ? "typing…" : `${change.action.replaceAll("_", " ")}…`;
  typingTimer = setTimeout(quietStatus, TYPING_MS);
}

function pressed(change) {
  if (early.delete(change.query_id)) return calm(change.chat_id, change.message, change.data);
  pending.set(change.query_id, [change.chat_id, change.message, change.data]);
}

function answer(change) {
  const waiting = pending.get(change.query_id);
  if (waiting) calm(...waiting);
  else early.add(change.query_id);
  pending.delete(change.query_id);
  if (!change.text) return;
  if (change.alert) {
    byId("alert").querySelector("p").textContent = change.text;
    byId("alert").showModal();
  } else toast(change.text);
}

function calm(chatId, messageId, data) {
  for (const key of rowOf(chatId, messageId)?.querySelectorAll(".key") ?? []) {
    if (key.dataset.data === data) key.setAttribute("aria-busy", "false");
  }
}

function commands(change) {
  world.commands = change.commands;
  composer.refresh();
}

function news(change) {
  const list = byId("news");
  const row = newsRow(change.item);
  row.classList.add("fresh");
  list.prepend(row);
  while (list.children.length > SHOWN_NEWS) list.lastElementChild.remove();
}

function changeInterface(change) {
  const chat = world.chats.get(change.chat_id);
  chat.interface = change.interface;
  if (chat === world.active) showInterface(chat);
}

function problem(change) {
  toast(change.text);
}

// What is drawn

function open(chat) {
  world.active = chat;
  const samples = world.samples.filter((sample) => sample.manner === "text" || chat.type === "private");
  byId("samples").replaceChildren(make("span", "samples-title", "Try one"), ...samples.map(chip));
  chat.unread = 0;
  document.body.classList.remove("showing-wire");
  byId("wire-toggle").setAttribute("aria-expanded", "false");
  byId("chat-name").textContent = chat.name;
  Object.assign(byId("chat-avatar"), { textContent: initial(chat), className: `avatar ${chat.type}` });
  quietStatus();
  const list = byId("messages");
  list.replaceChildren(make("p", "hint", HINTS[chat.type]), ...chat.messages.map(draw));
  composer.stopReply();
  composer.refresh();
  showInterface(chat);
  byId("start").hidden = chat.type !== "private" || chat.messages.length > 0;
  byId("composer").hidden = !byId("start").hidden;
  listChats();
  toEnd();
}

function draw(shown) {
  return renderMessage(shown, world.active, {
    press: (target, data) => say({ do: "press", chat: world.active.id, message: target.message_id, data }),
    command: (text) => composer.sendNow(text),
    reply: (target) => composer.reply(target),
    isPending: (target, data) => [...pending.values()].some(
      ([chat, id, waiting]) => chat === world.active.id && id === target.message_id && waiting === data),
  });
}

function append(shown) {
  const follow = atEnd() || shown.mine;
  byId("start").hidden = true;
  byId("composer").hidden = false;
  byId("messages").append(draw(shown));
  if (follow) toEnd();
  else byId("to-end").hidden = false;
}

// The keyboard that a bot puts in place of the letters, or the reply that it asks for.
function showInterface(chat) {
  const shown = chat.interface, follow = atEnd();
  const rows = (shown?.keyboard ?? []).map((row) => make("div", "keyboard-row", ...row.map(replyKey)));
  byId("reply-keyboard").replaceChildren(...rows);
  byId("reply-keyboard").hidden = rows.length === 0;
  byId("text").placeholder = shown?.input_field_placeholder ?? "Message or link…";
  const asked = shown?.force_reply && chat.messages.findLast((each) => !each.mine);
  if (asked) composer.reply(asked);
  if (follow) toEnd();
}

function replyKey(key) {
  const button = make("button", "key", key.text);
  button.type = "button";
  button.addEventListener("click", () => (key.chats ? chooseChat(key) : composer.sendNow(key.text)));
  return button;
}

function chooseChat(key) {
  const dialog = byId("choose");
  dialog.querySelector("p").textContent = key.chats.length ? key.text : "None of your chats fits.";
  dialog.querySelector("div").replaceChildren(...key.chats.map((chat) => {
    const button = make("button", "chip", chat.name);
    button.type = "button";
    button.addEventListener("click", () => {
      dialog.close();
      say({ do: "share", button: key.text, shared: chat.id });
    });
    return button;
  }));
  dialog.showModal();
}

// An edit replaces the row; who was on its third button is on the third button still.
function keepFocus(old, fresh) {
  const index = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
  if (index >= 0) queueMicrotask(() => fresh.querySelectorAll("button, a")[index]?.focus({ preventScroll: true }));
}

function rowOf(chatId, messageId) {
  return chatId === world.active.id ? byId("messages").querySelector(`.row[data-id="${messageId}"]`) : null;
}

function atEnd() {
  const list = byId("messages");
  return list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
}

function toEnd() {
  const list = byId("messages");
  list.scrollTop = list.scrollHeight;
  byId("to-end").hidden = true;
}

function quietStatus() {
  clearTimeout(typingTimer);
  document.body.classList.remove("typing");
  const { type, members } = world.active;
  byId("chat-status").textContent = { private: "bot", channel: `channel · ${members} members` }[type] ?? `${members} members`;
}

const initial = (chat) => chat.name.slice(0, 1).toUpperCase();

function listChats() {
  byId("chats").replaceChildren(...[...world.chats.values()].map(chatRow));
}

function chatRow(chat) {
  const last = chat.messages.at(-1);
  const text = last ? summaryOf(last) : HINTS[chat.type];
  const names = make("span", "chat-line", make("span", "chat-title", chat.name), make("span", "chat-last", text));
  const button = make("button", "chat-row", make("span", `avatar ${chat.type}`, initial(chat)), names);
  button.type = "button";
  if (chat === world.active) button.setAttribute("aria-current", "true");
  if (chat.unread) {
    const badge = make("span", "badge", String(chat.unread));
    badge.setAttribute("aria-label", `${chat.unread} unread`);
    button.append(badge);
  }
  button.addEventListener("click", () => { open(chat); composer.focus(); });
  return make("li", "", button);
}

function newsRow(item) {
  const title = make("a", "", item.title);
  Object.assign(title, { href: item.url, target: "_blank", rel: "noopener", lang: item.language });
  const send = make("button", "quiet", "Send");
  send.type = "button";
  send.setAttribute("aria-label", `Send “${item.title}” to the chat`);
  send.addEventListener("click", () => composer.sendNow(`{read}${item.url}`));
  const time = make("span", "news-clock", item.clock, make("i", "", item.language));
  return make("li", "", time, title, send);
}

function chip(sample) {
  const button = make("button", "chip", sample.label);
  button.type = "button";
  button.title = sample.text.replace("{read}", "");
  button.addEventListener("click", () => composer.sendNow(sample.text, sample.manner));
  return button;
}

let toastTimer = 0;
function toast(text) {
  const node = byId("toast");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { node.hidden = true; }, 3500);
}

byId("language").addEventListener("change", (event) => say({ do: "language", code: event.target.value }));
byId("start").addEventListener("click", () => { composer.sendNow("/start"); composer.focus(); });
byId("to-end").addEventListener("click", toEnd);
byId("messages").addEventListener("grown", () => { if (atEnd()) toEnd(); });
byId("messages").addEventListener("scroll", () => { if (atEnd()) byId("to-end").hidden = true; });
byId("more-samples").addEventListener("click", (event) => {
  const all = byId("samples").classList.toggle("all");
  event.currentTarget.textContent = all ? "Less" : "More";
  event.currentTarget.setAttribute("aria-expanded", String(all));
});
byId("wire-toggle").addEventListener("click", (event) => {
  const shown = document.body.classList.toggle("showing-wire");
  event.currentTarget.setAttribute("aria-expanded", String(shown));
});
connect();
