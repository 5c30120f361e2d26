// The reader's buttons: copying a passage, the contents, the gloss, the other language.
"use strict";

const OPEN = document.querySelector(".open-contents");

async function copyPassage(button) {
  const passage = button.closest(".passage");
  const done = await copyText(`${textOf(passage).trim()}\n${button.dataset.reference}`);
  button.classList.toggle("copied", done);
  setTimeout(() => button.classList.remove("copied"), 1600);
}

function showContents(shown) {
  document.documentElement.classList.toggle("show-contents", shown);
  OPEN.setAttribute("aria-expanded", String(shown));
  if (shown) document.querySelector("#contents a").focus();
}

/** The other language opens at the same place. */
function switchAtSamePlace(link) {
  const address = new URL(location.href);
  address.searchParams.set("lang", link.hreflang);
  link.href = address.href;
}

/** Mark in the contents which reply is being read. */
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
  if (target?.closest(".open-contents")) showContents(OPEN.ariaExpanded !== "true");
  else if (!target?.closest("#contents h2")) showContents(false);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") showContents(false);
});

follow();
