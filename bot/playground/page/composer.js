// The message box: Enter sends, Shift+Enter breaks the line, "/" opens the command menu, Escape closes things.

import { make, summaryOf } from "./message.js";

const byId = (id) => document.getElementById(id);
const TALLEST = 160;

export class Composer {
  // `wires`: send(text, replyTo, manner), commands(), botName(), inGroup().
  constructor(wires) {
    this.wires = wires;
    this.text = byId("text");
    this.menu = byId("menu");
    this.replyTo = null;
    this.chosen = 0;
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("input", () => { this.grow(); this.refresh(); });
    byId("menu-button").addEventListener("click", () => this.toggleMenu());
    byId("replying").querySelector("button").addEventListener("click", () => { this.stopReply(); this.focus(); });
    document.addEventListener("click", (event) => {
      if (!event.target.closest("#menu, #menu-button, #text")) this.closeMenu();
    });
  }

  focus() {
    this.text.focus();
  }

  submit() {
    const text = this.text.value.trim();
    if (!text) return;
    this.wires.send(text, this.replyTo ?? undefined);
    this.text.value = "";
    this.stopReply();
    this.closeMenu();
    this.grow();
  }

  // Sends at once; "{read}" is what makes a bot listen in a group.
  sendNow(text, manner) {
    this.wires.send(text.replace("{read}", this.wires.inGroup() ? "/read " : ""), this.replyTo ?? undefined, manner);
    this.stopReply();
    this.closeMenu();
  }

  reply(message) {
    this.replyTo = message.message_id;
    byId("replying").querySelector("span").textContent = summaryOf(message).slice(0, 160);
    byId("replying").hidden = false;
    this.focus();
  }

  stopReply() {
    this.replyTo = null;
    byId("replying").hidden = true;
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, TALLEST)}px`;
  }

  // The command menu

  toggleMenu() {
    if (!this.menu.hidden) return this.closeMenu();
    if (!this.text.value.startsWith("/")) this.text.value = "/";
    this.focus();
    return this.refresh();
  }

  closeMenu() {
    this.menu.hidden = true;
    byId("menu-button").setAttribute("aria-expanded", "false");
  }

  fitting() {
    const typed = this.text.value;
    if (!/^\/[a-z0-9_]*$/i.test(typed)) return [];
    return this.wires.commands().filter(({ command }) => `/${command}`.startsWith(typed.toLowerCase()));
  }

  refresh() {
    const fitting = this.fitting();
    this.chosen = Math.min(this.chosen, Math.max(0, fitting.length - 1));
    this.menu.replaceChildren(...fitting.map((each, index) => this.option(each, index === this.chosen)));
    this.menu.hidden = fitting.length === 0;
    byId("menu-button").setAttribute("aria-expanded", String(!this.menu.hidden));
    this.menu.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  option({ command, description }, chosen) {
    const node = make("div", "option", make("b", "", `/${command}`), make("span", "", description));
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", String(chosen));
    node.addEventListener("click", () => this.take(command));
    return node;
  }

  take(command) {
    this.text.value = "";
    this.sendNow(`/${command}`);
    this.focus();
  }

  complete(command) {
    this.text.value = `/${command} `;
    this.closeMenu();
    this.focus();
  }

  key(event) {
    const fitting = this.menu.hidden ? [] : this.fitting();
    const choice = fitting[this.chosen];
    if (event.key === "Escape") {
      this.closeMenu();
      this.stopReply();
    } else if (choice && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.chosen = (this.chosen + (event.key === "ArrowDown" ? 1 : fitting.length - 1)) % fitting.length;
      this.refresh();
    } else if (choice && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.complete(choice.command);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (choice && this.text.value !== `/${choice.command}`) this.complete(choice.command);
      else this.submit();
    }
  }
}
