// Conversations kept in this browser: the one of this tab comes back after a reload, earlier ones
// from a list. What is kept is made and read by the server; here it is only stored.
"use strict";

(() => {
  const HERE = `dafu:${new URL("..", document.baseURI).pathname}:`;
  const TALK = `${HERE}talk:`;
  const MOST = 30;
  const NOTHING = "{}";
  let opened = false;
  let last = "";

  /** Storage may be closed to the page, as in some frames: then nothing is kept. */
  function read(storage, key) {
    try {
      return window[storage].getItem(key);
    } catch {
      return null;
    }
  }

  function write(storage, key, value) {
    try {
      if (value === null) window[storage].removeItem(key);
      else window[storage].setItem(key, value);
      return true;
    } catch {
      return false;
    }
  }

  function entries() {
    const found = [];
    try {
      for (const key of Object.keys(window.localStorage)) {
        if (key.startsWith(TALK)) found.push({ key, ...JSON.parse(read("localStorage", key)) });
      }
    } catch {
      return found;
    }
    return found.sort((a, b) => b.changed - a.changed);
  }

  function current() {
    return read("sessionStorage", `${HERE}current`);
  }

  function become(key) {
    write("sessionStorage", `${HERE}current`, key);
  }

  function fresh() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(12));
    return TALK + Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  }

  /** Store the conversation when it has changed; an empty one begins a new entry. */
  function save() {
    const kept = boxOf("kept")?.value ?? "";
    if (!opened || kept === last) return;
    last = kept;
    if (!kept) {
      become(null);
      return;
    }
    if (!current()) become(fresh());
    const title = JSON.parse(kept).exchanges[0].question.slice(0, 120);
    const entry = JSON.stringify({ title, changed: Date.now(), kept });
    const others = entries().filter((one) => one.key !== current());
    for (const one of others.splice(MOST - 1)) write("localStorage", one.key, null);
    while (!write("localStorage", current(), entry) && others.length) {
      write("localStorage", others.pop().key, null);
    }
  }

  /** Let whatever is asked next be a conversation of its own. */
  function begin() {
    save();
    become(null);
  }

  /** Ask for English where it was chosen, and for the conversation of this tab. */
  function open() {
    if (!boxOf("kept") || !boxOf("lang")) return;
    opened = true;
    const asked = new URLSearchParams(window.location.search).get("lang");
    const english = (asked ?? read("localStorage", `${HERE}lang`) ?? "").startsWith("en");
    if (english) type("lang", "en");
    const kept = restored();
    if (kept || english) submit("kept", kept || NOTHING);
    last = boxOf("kept").value;
  }

  function restored() {
    return entries().find((one) => one.key === current())?.kept ?? "";
  }

  function list() {
    save();
    const dialog = document.getElementById("earlier");
    const found = entries();
    const items = found.map((one) => {
      const item = document.getElementById("earlier-item").content.cloneNode(true);
      item.querySelector("b").textContent = one.title;
      const when = new Date(one.changed);
      item.querySelector("time").dateTime = when.toISOString();
      item.querySelector("time").textContent = when.toLocaleString(
        document.documentElement.lang,
        { dateStyle: "medium", timeStyle: "short" },
      );
      const row = item.querySelector("li");
      row.dataset.key = one.key;
      row.classList.toggle("current", one.key === current());
      return row;
    });
    dialog.querySelector("ul").replaceChildren(...items);
    dialog.classList.toggle("empty", found.length === 0);
  }

  function forget(key) {
    write("localStorage", key, null);
    if (key === current()) document.getElementById("clear").click();
    list();
  }

  /** Remember the language that was switched to; the address no longer says otherwise. */
  function remember() {
    write("localStorage", `${HERE}lang`, boxOf("lang").value === "en" ? "zh" : "en");
    const address = new URL(window.location.href);
    address.searchParams.delete("lang");
    window.history.replaceState(null, "", address);
  }

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("#switch")) remember();
    if (target?.closest("#clear")) begin();
    const dialog = document.getElementById("earlier");
    const key = target?.closest("#earlier li")?.dataset.key;
    if (target?.closest("button[name=earlier]")) {
      list();
      dialog.showModal();
    } else if (target?.closest("#earlier .open")) {
      become(key);
      dialog.close();
      last = restored();
      submit("kept", last);
    } else if (target?.closest("#earlier .forget")) {
      forget(key);
    } else if (target?.closest("#earlier .forget-all")) {
      for (const one of entries()) forget(one.key);
    } else if (target?.matches("dialog") || target?.closest("dialog .shut")) {
      target.closest("dialog").close();
    }
  });

  afterChange.push(() => {
    if (!opened) open();
  });
  // A box may get its text without a change of the document that could be observed.
  setInterval(save, 250);
  window.addEventListener("pagehide", save);
})();
