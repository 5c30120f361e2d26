// The explorer: a cell opens its sentences beside the table, arrow keys walk from cell to cell.
// The panel comes ready from the server, escaped; nothing is made of text here.
"use strict";

const heat = document.querySelector(".heat");
const WIDE_ENOUGH = window.matchMedia("(min-width: 1200px)");
let asked = 0;

/** Show a cell's sentences without leaving the page; the address then names the cell. */
async function openCell(cell) {
  const number = ++asked;
  const reply = await fetch(`quotes${cell.search}`).catch(() => null);
  if (number !== asked) return;
  if (!reply?.ok) {
    location.assign(cell.href);
    return;
  }
  const made = new DOMParser().parseFromString(await reply.text(), "text/html");
  const panel = document.adoptNode(made.getElementById("quotes"));
  document.getElementById("quotes").replaceWith(panel);
  heat.querySelector("[aria-current]")?.removeAttribute("aria-current");
  cell.setAttribute("aria-current", "true");
  history.replaceState(null, "", cell.href);
  panel.focus({ preventScroll: true });
  if (!WIDE_ENOUGH.matches) panel.scrollIntoView({ block: "start" });
}

/** Only one cell is a stop of the tab key; the arrows lead to the others. */
function makeStop(cell) {
  heat.querySelector('.cell[tabindex="0"]')?.setAttribute("tabindex", "-1");
  cell.setAttribute("tabindex", "0");
}

/** The next cell with something in it, from one cell in a direction. */
function neighbour(cell, key) {
  const cells = [...heat.querySelectorAll(".cell")];
  const column = (one) => one.closest("td").cellIndex;
  const row = (one) => one.closest("tr").rowIndex;
  const inRow = cells.filter((one) => row(one) === row(cell));
  const inColumn = cells.filter((one) => column(one) === column(cell));
  const steps = {
    ArrowRight: [inRow, 1],
    ArrowLeft: [inRow, -1],
    ArrowDown: [inColumn, 1],
    ArrowUp: [inColumn, -1],
  };
  if (key === "Home") return inRow[0];
  if (key === "End") return inRow.at(-1);
  const [line, by] = steps[key] ?? [[], 0];
  return line[line.indexOf(cell) + by];
}

function cross(cell, on) {
  const column = cell.closest("td").cellIndex;
  heat.rows[1].cells[column].classList.toggle("crossed", on);
  cell.closest("tr").classList.toggle("crossed", on);
}

if (heat) {
  for (const cell of heat.querySelectorAll(".cell")) cell.setAttribute("tabindex", "-1");
  makeStop(heat.querySelector(".cell[aria-current]") ?? heat.querySelector(".cell"));
  heat.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    makeStop(cell);
    openCell(cell);
  });
  heat.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cell");
    const next = cell && neighbour(cell, event.key);
    if (!next) return;
    event.preventDefault();
    makeStop(next);
    next.focus();
  });
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    heat.addEventListener(name, (event) => {
      const cell = event.target.closest(".cell");
      if (cell) cross(cell, on);
    });
  }
}

/** Escape leads back from the sentences to their cell. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest?.("#quotes")) {
    heat.querySelector(".cell[aria-current]")?.focus();
  }
});

/** The other language opens at the same cell. */
document.querySelector("a.switch").addEventListener("click", (event) => {
  const address = new URL(location.href);
  address.searchParams.set("lang", event.currentTarget.hreflang);
  event.currentTarget.href = address.href;
});
