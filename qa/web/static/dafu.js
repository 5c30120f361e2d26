// Marks that show their citation, buttons that copy, and the page's language. No text is made
// here: everything shown comes escaped from the server.
"use strict";

const WIDE = window.matchMedia("(min-width: 1000px)");
let wanted = null;
let source = null;
let pressed = null;
let questions = 0;

/** What other scripts want done after the page has changed. */
const afterChange = [];

/** Return the text box of one of the page's components, seen or not. */
function boxOf(name) {
  return document.querySelector(`#${name} textarea, #${name} input`);
}

/** Put a text into a component's box as if it had been typed. */
function type(name, text) {
  const box = boxOf(name);
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return box;
}

/** Put a text into a component's box and press Enter in it. */
function submit(name, text) {
  const enter = new KeyboardEvent("keypress", { key: "Enter", bubbles: true, cancelable: true });
  type(name, text).dispatchEvent(enter);
}

/** Bring a citation into view and light it up. Return whether it is there. */
function flash(id) {
  const card = document.getElementById(id);
  if (!card) return false;
  for (const lit of document.querySelectorAll(".card.lit")) lit.classList.remove("lit");
  document.documentElement.classList.add("show-evidence");
  card.classList.add("lit");
  card.scrollIntoView({ block: WIDE.matches ? "center" : "start", behavior: smoothness() });
  card.focus({ preventScroll: true });
  return true;
}

function smoothness() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** Show what a link inside the page points at, now or as soon as the panel holds it. */
function follow(link) {
  const id = link.hash.slice(1);
  source = link;
  document.documentElement.classList.add("show-evidence");
  wanted = flash(id) ? null : id;
}

async function copy(button) {
  const text = button.parentElement.querySelector(".copy-text").textContent;
  const done = await copyText(text);
  button.classList.toggle("copied", done);
  setTimeout(() => button.classList.remove("copied"), 1600);
}

/** Close the sheet of citations, where the screen is too narrow for two columns. */
function close() {
  const root = document.documentElement;
  if (!root.classList.contains("show-evidence")) return;
  root.classList.remove("show-evidence");
  if (!WIDE.matches && source?.isConnected) source.focus({ preventScroll: true });
}

/** Return the link inside the page that an event is about, if any. */
function linkOf(event) {
  return event.target instanceof Element ? event.target.closest("a.mark, a.see") : null;
}

// An answer that grows is drawn anew: a link pressed may be gone before it is let go, and then no
// click tells of it.
document.addEventListener("pointerdown", (event) => {
  pressed = linkOf(event);
});

document.addEventListener("pointerup", () => {
  if (pressed && !pressed.isConnected) follow(pressed);
  pressed = null;
});

document.addEventListener("pointercancel", () => {
  pressed = null;
});

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = linkOf(event);
  if (link) {
    event.preventDefault();
    follow(link);
    return;
  }
  const button = target?.closest("button.copy");
  if (button) copy(button);
  if (target?.closest("button.close, #clear")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

/** Show a new question at the top, so that its answer can be read from its beginning. */
function showNewest() {
  const asked = document.querySelectorAll("#messages .asked");
  if (asked.length > questions) {
    asked[asked.length - 1].scrollIntoView({ block: "start", behavior: smoothness() });
  }
  questions = asked.length;
}

/** Say in the filter that nobody is filtered out; Gradio's list has no words for that. */
function hint() {
  const filter = document.querySelector("#within input");
  if (!filter) return;
  const chosen = document.querySelector("#within .token") !== null;
  const words = chosen ? "" : document.querySelector(".menu .everyone")?.textContent ?? "";
  if (filter.placeholder !== words) filter.placeholder = words;
}

/** Gradio labels messages with their markup and examples in English; their own text is better. */
function tidy() {
  for (const one of document.querySelectorAll("#messages [aria-label]")) {
    if (!one.closest(".icon-button-wrapper")) one.removeAttribute("aria-label");
  }
  for (const one of document.querySelectorAll("#messages [role=list], #messages [role=complementary]")) {
    one.removeAttribute("role");
  }
  const waiting = document.querySelector("#messages .pending") !== null;
  document.querySelector("#messages [role=log]")?.setAttribute("aria-busy", String(waiting));
  document.documentElement.classList.toggle("answering", waiting);
  const lang = document.querySelector(".brand")?.lang;
  if (lang && document.documentElement.lang !== lang) document.documentElement.lang = lang;
  hint();
  if (wanted && flash(wanted)) wanted = null;
  showNewest();
  for (const one of afterChange) one();
}

let due = false;
new MutationObserver(() => {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    tidy();
  });
}).observe(document.documentElement, { childList: true, subtree: true });
