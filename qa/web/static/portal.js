// The chat in a portal's frame: tells the page around it what happens and does what that asks.
// It speaks only with the portals that may frame it, which the browser sees to as well.
"use strict";

(() => {
  const PORTALS = document.querySelector('meta[name="dafu-portals"]').content.split(" ");
  const SOURCE = /^(?:(https?):\/\/)?(\*\.)?([^:/*[\]]+|\[[\da-f:]+\])(?::(\d+|\*))?$/i;
  const LONGEST = 2000;
  const DEFAULT_PORT = { "http:": "80", "https:": "443" };
  let portal = "";
  let ready = false;
  let told = "";
  let quiet = true;
  const wishes = [];

  /** Return whether a source of frame-ancestors covers an origin. */
  function covers(source, origin) {
    if (source === "'self'") return origin === window.location.origin;
    const parts = SOURCE.exec(source);
    if (!parts || !URL.canParse(origin)) return false;
    const [, scheme, below, host, port] = parts;
    const at = new URL(origin);
    const named = host.toLowerCase();
    const hostFits = below ? at.hostname.endsWith(`.${named}`) : at.hostname === named;
    const default_ = DEFAULT_PORT[at.protocol];
    const portFits = port === "*" || (port ?? default_) === (at.port || default_);
    return hostFits && portFits && at.protocol === (scheme ? `${scheme}:` : window.location.protocol);
  }

  function tell(type, detail = {}) {
    if (portal) window.parent.postMessage({ type: `dafu:${type}`, detail }, portal);
  }

  function plain(value) {
    return typeof value === "string" ? value.trim().slice(0, LONGEST) : "";
  }

  function ask(value) {
    if (plain(value)) submit("box", plain(value));
  }

  function speak(lang) {
    const english = boxOf("lang").value === "en";
    if (["zh", "en"].includes(lang) && english !== (lang === "en")) {
      document.getElementById("switch").click();
    }
  }

  function paint(theme) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else if (["light", "dark"].includes(theme)) document.documentElement.dataset.theme = theme;
    else return;
    document.body.classList.toggle("dark", theme === "dark" || (theme === "auto" && dark));
  }

  const ACTS = {
    "dafu:ask": ask,
    "dafu:fill": (value) => type("box", plain(value)),
    "dafu:lang": speak,
    "dafu:theme": paint,
  };

  /** Return whether the page shows what it was opened with; what is asked before is lost. */
  function settled() {
    const [kept, lang] = [boxOf("kept"), boxOf("lang")];
    if (!boxOf("box") || !kept || !lang) return false;
    const english = document.querySelector(".brand")?.lang === "en";
    const shown = kept.value.length < 3 || document.querySelector("#messages .asked") !== null;
    return shown && english === (lang.value === "en");
  }

  /** Do what was asked for, one after the other, never while an answer is on its way. */
  function proceed() {
    if (!ready || document.documentElement.classList.contains("answering")) return;
    wishes.shift()?.();
    if (wishes.length) setTimeout(proceed, 200);
  }

  /** Tell of an answer that is new: not of one that came back with an earlier conversation. */
  function report() {
    const kept = boxOf("kept")?.value ?? "";
    const talk = kept.length > 2 ? JSON.parse(kept) : { exchanges: [] };
    const last = talk.exchanges.at(-1);
    const key = last && `${talk.first ?? 0}:${talk.exchanges.length}:${last.answer?.id ?? last.error}`;
    if (!last || key === told || !(last.answer || last.error)) return;
    told = key;
    if (quiet) {
      quiet = false;
    } else if (last.answer) {
      const { id, refusal, citations } = last.answer;
      const counts = { refused: Boolean(refusal), citations: citations?.length ?? 0 };
      tell("answer", { question: last.question, id, ...counts });
    } else {
      tell("error", { code: "not_answered", message: last.error });
    }
  }

  function start() {
    ready = true;
    report();
    quiet = false;
    tell("ready");
  }

  window.addEventListener("message", (event) => {
    const known = PORTALS.some((source) => covers(source, event.origin));
    if (event.source !== window.parent || window.parent === window || !known) return;
    const { type: wanted, value } = event.data ?? {};
    if (wanted === "dafu:hello") {
      portal = event.origin;
      if (ready) tell("ready");
    } else if (Object.hasOwn(ACTS, wanted)) {
      wishes.push(() => ACTS[wanted](value));
      proceed();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("#earlier .open")) quiet = true;
    if (event.target instanceof Element && event.target.closest("#clear")) told = "";
  });

  /** Give Escape to the page around where nothing in this one takes it. */
  function escape(event) {
    if (event.key !== "Escape" || event.target.closest?.("#within")) return;
    const sheet = !WIDE.matches && document.querySelector(".show-evidence");
    if (!sheet && !document.querySelector("dialog[open], details.export[open]")) tell("escape");
  }

  window.addEventListener("keydown", escape, { capture: true });

  let due = 0;
  afterChange.push(() => {
    if (!ready && settled()) start();
    clearTimeout(due);
    due = setTimeout(() => {
      if (!ready) return;
      report();
      proceed();
    }, 120);
  });
})();
