// The reader: lights up the words that an address cites, finds words, copies passages. All text
// comes from the server; what is made here is made of text nodes, never of HTML.
"use strict";

const report = document.querySelector(".report");
const find = document.querySelector(".find");

/** Wrap characters of a passage's text, by their offsets, in marks; return the marks in order. */
function wrap(passage, start, end, name) {
  const marks = [];
  for (const run of passage.querySelectorAll("[data-at]")) {
    let at = Number(run.dataset.at);
    if (at >= end || at + run.textContent.length <= start) continue;
    const nodes = [];
    const walker = document.createTreeWalker(run, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const from = Math.max(start - at, 0);
      const to = Math.min(end - at, node.length);
      at += node.length;
      if (from < to) marks.push(wrapText(node, from, to, name));
    }
  }
  return marks;
}

function wrapText(node, from, to, name) {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  const mark = document.createElement("mark");
  mark.className = name;
  range.surroundContents(mark);
  return mark;
}

function unwrap(name) {
  for (const mark of document.querySelectorAll(`mark.${name}`)) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
}

/** The text of a passage as the report has it, character by character. */
function textOf(passage) {
  return [...passage.querySelectorAll("[data-at]")].map((run) => run.textContent).join("");
}

/* What the address cites. */

/** The element that the address names, if its fragment can be read at all. */
function named() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

function cited() {
  const query = new URLSearchParams(location.search);
  const [start, end] = [query.get("start"), query.get("end")];
  const passage = named();
  const whole = /^\d{1,6}$/;
  if (!passage?.matches(".passage") || !whole.test(start) || !whole.test(end)) return null;
  return { passage, start: Number(start), end: Number(end) };
}

function showCited() {
  unwrap("cited");
  const where = cited();
  const marks = where ? wrap(where.passage, where.start, where.end, "cited") : [];
  if (!marks.length) return;
  where.passage.focus({ preventScroll: true });
  marks[0].scrollIntoView({ block: "center" });
}

/* Finding words. */

let hits = [];
let current = -1;
let searched = "";
let folded = null;

/** A text without spaces, case and width, with the offset that each character came from. */
function fold(text) {
  let plain = "";
  const offsets = [];
  for (let at = 0; at < text.length; at += 1) {
    const letters = text[at].normalize("NFKC").toLowerCase().replace(/\s/g, "");
    for (const letter of letters) {
      plain += letter;
      offsets.push(at);
    }
  }
  return { plain, offsets };
}

function passages() {
  folded ??= [...report.querySelectorAll(".passage")].map((passage) => ({
    passage,
    ...fold(textOf(passage)),
  }));
  return folded;
}

function search(query) {
  unwrap("hit");
  searched = query;
  hits = [];
  current = -1;
  const wanted = fold(query).plain;
  if (wanted) {
    for (const { passage, plain, offsets } of passages()) {
      for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
        const end = offsets[at + wanted.length - 1] + 1;
        hits.push(wrap(passage, offsets[at], end, "hit"));
      }
    }
  }
  showCount(wanted);
}

function showCount(wanted) {
  const output = find.querySelector("output");
  const count = hits.length ? `${current + 1}/${hits.length}` : find.dataset.none;
  output.textContent = wanted ? count : "";
  find.classList.toggle("hits", hits.length > 0);
  for (const button of find.querySelectorAll(".step")) button.disabled = !hits.length;
  find.querySelector(".meaning").disabled = !wanted;
}

/** Go to another hit: the first one seen from here, or the next or previous one. */
function step(by) {
  if (!hits.length) return;
  const top = find.getBoundingClientRect().bottom;
  const below = hits.findIndex((marks) => marks[0].getBoundingClientRect().top >= top);
  const first = by > 0 ? Math.max(below, 0) : (below > 0 ? below : hits.length) - 1;
  const next = current < 0 ? first : (current + by + hits.length) % hits.length;
  for (const mark of hits[current] ?? []) mark.classList.remove("now");
  current = next;
  for (const mark of hits[current]) mark.classList.add("now");
  hits[current][0].scrollIntoView({ block: "center" });
  showCount(true);
}

/** Ask the server for the passages nearest in meaning and list them. */
async function searchByMeaning() {
  const list = find.querySelector(".nearest");
  list.replaceChildren(paragraph(`${find.dataset.searching}…`));
  list.hidden = false;
  try {
    const query = new URLSearchParams({ q: find.q.value, k: "8" });
    const reply = await fetch(`${find.dataset.url}?${query}`);
    const body = await reply.json();
    list.replaceChildren(
      paragraph(reply.ok ? find.dataset.nearest : body.error.message),
      ...(reply.ok ? body.results.map(found) : []),
    );
  } catch {
    list.replaceChildren(paragraph(find.dataset.offline));
  }
  list.querySelector("a")?.focus();
}

function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

/** A link to a passage found, with the words that it shares with the query lit up. */
function found(one) {
  const link = document.createElement("a");
  const name = document.createElement("b");
  const words = document.createElement("span");
  link.href = `#${one.passage_id}`;
  name.textContent = one.respondent;
  words.lang = "zh-Hans";
  const first = Math.max((one.highlights[0]?.start ?? 0) - 12, 0);
  let at = first;
  for (const { start, end } of one.highlights) {
    const mark = document.createElement("mark");
    mark.textContent = one.text.slice(start, end);
    words.append(one.text.slice(at, start), mark);
    at = end;
  }
  words.append(one.text.slice(at));
  if (first) words.prepend("…");
  link.append(name, " ", words);
  return link;
}

function closeNearest() {
  find.querySelector(".nearest").hidden = true;
}

/* Copying, contents, switches. */

async function copyPassage(button) {
  const passage = button.closest(".passage");
  const done = await copyText(`${textOf(passage).trim()}\n${button.dataset.reference}`);
  button.classList.toggle("copied", done);
  setTimeout(() => button.classList.remove("copied"), 1600);
}

function showContents(shown) {
  document.documentElement.classList.toggle("show-contents", shown);
  find.querySelector(".open-contents").setAttribute("aria-expanded", String(shown));
  if (shown) document.querySelector("#contents a").focus();
}

/** The other language opens at the same place. */
function switchAtSamePlace(link) {
  const address = new URL(location.href);
  address.searchParams.set("lang", link.hreflang);
  link.href = address.href;
}

function follow() {
  const here = new Map();
  for (const link of document.querySelectorAll("#contents a")) here.set(link.hash.slice(1), link);
  const visible = new Set();
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target.id);
        else visible.delete(target.id);
      }
      for (const [id, link] of here) {
        const now = id === [...here.keys()].find((one) => visible.has(one));
        if (now) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-20% 0px -75% 0px" },
  );
  for (const reply of document.querySelectorAll(".reply")) watch.observe(reply);
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const copy = target?.closest("button.copy");
  const toggle = target?.closest("button[data-toggle]");
  const change = target?.closest("a.switch");
  if (copy) copyPassage(copy);
  if (toggle) {
    const on = document.documentElement.classList.toggle(toggle.dataset.toggle);
    toggle.setAttribute("aria-pressed", String(on));
  }
  if (change) switchAtSamePlace(change);
  if (target?.closest(".open-contents")) {
    showContents(!document.documentElement.classList.contains("show-contents"));
  } else if (!target?.closest("#contents h2")) {
    document.documentElement.classList.remove("show-contents");
  }
  if (!target?.closest(".find") || target.closest(".nearest a")) closeNearest();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.matches("input, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    find.q.focus();
    find.q.select();
  }
  if (event.key === "Escape") {
    closeNearest();
    showContents(false);
  }
});

if (find) {
  let typed = 0;
  find.q.addEventListener("input", () => {
    clearTimeout(typed);
    typed = setTimeout(() => search(find.q.value), 150);
  });
  find.q.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    clearTimeout(typed);
    if (searched !== find.q.value) search(find.q.value);
    if (hits.length) step(event.shiftKey ? -1 : 1);
    else if (fold(find.q.value).plain) searchByMeaning();
  });
  find.addEventListener("submit", (event) => event.preventDefault());
  for (const button of find.querySelectorAll(".step")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  find.querySelector(".meaning").addEventListener("click", searchByMeaning);
  follow();
  showCited();
  addEventListener("hashchange", showCited);
  find.q.value = new URLSearchParams(location.search).get("q") ?? "";
  if (find.q.value) {
    search(find.q.value);
    if (!location.hash) step(1);
  }
}
