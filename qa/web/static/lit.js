// Lights up characters of the report by their offsets, first of all the words that an address cites.
"use strict";

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

showCited();
addEventListener("hashchange", showCited);
