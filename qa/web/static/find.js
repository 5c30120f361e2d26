// Finding words in the report, and passages near in meaning. What is found is shown as text nodes,
// never as HTML.
"use strict";

const find = document.querySelector(".find");
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
  folded ??= [...document.querySelectorAll(".passage")].map((passage) => ({
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

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.matches("input, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    find.q.focus();
    find.q.select();
  }
  if (event.key === "Escape") closeNearest();
});
document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target?.closest(".find") || target.closest(".nearest a")) closeNearest();
});

find.q.value = new URLSearchParams(location.search).get("q") ?? "";
if (find.q.value) {
  search(find.q.value);
  if (!location.hash) step(1);
}
