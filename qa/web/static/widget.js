// <dafu-chat>: Dafu in the page of a portal, in line or behind a floating button. The chat itself
// is the page /embed/ in a frame; both sides talk only to each other's origin.
"use strict";

(() => {
  const HERE = new URL(".", document.currentScript.src);
  const PATIENCE = 12;
  const WORDS = {
    zh: {
      lang: "zh-Hans",
      label: "提问：答复 Dafu",
      close: "关闭",
      title: "答复 Dafu 没有载入",
      frame: (origin) => `管理员：请在 Dafu 的设置 DAFU_FRAME_ANCESTORS 中加入 ${origin}，`,
      policy: (origin) => `并让本页的 Content-Security-Policy 允许 frame-src ${origin}。`,
      retry: "重试",
    },
    en: {
      lang: "en",
      label: "Ask Dafu",
      close: "Close",
      title: "Dafu could not be loaded",
      frame: (origin) => `Administrator: add ${origin} to Dafu's setting DAFU_FRAME_ANCESTORS, `,
      policy: (origin) => `and let this page's Content-Security-Policy allow frame-src ${origin}.`,
      retry: "Try again",
    },
  };

  const SHEET = new CSSStyleSheet();
  SHEET.replaceSync(`
    :host { display: block; height: var(--dafu-height, 40rem); color-scheme: light dark;
      font: 1rem/1.6 var(--dafu-font, system-ui, "PingFang SC", "Microsoft YaHei",
        "Noto Sans CJK SC", sans-serif);
      --_ink: var(--dafu-ink, light-dark(#1d242c, #e4e7ea));
      --_surface: var(--dafu-surface, light-dark(#faf9f6, #13171c));
      --_line: var(--dafu-line, light-dark(#d9d4ca, #2c343e));
      --_accent: var(--dafu-accent, light-dark(#1b5e8c, #82bce3));
      --_accent-ink: var(--dafu-accent-ink, light-dark(#fff, #0d1a24));
      --_radius: var(--dafu-radius, 12px); --_gap: var(--dafu-offset, 1.25rem) }
    :host([hidden]), [hidden] { display: none !important }
    :host([theme="light"]) { color-scheme: light }
    :host([theme="dark"]) { color-scheme: dark }
    :host([mode="floating"]) { display: contents }
    button { font: inherit; cursor: pointer; border: 0; border-radius: 99px; min-height: 2.75rem;
      padding: 0 1.1rem; background: var(--_accent); color: var(--_accent-ink) }
    button:focus-visible { outline: 3px solid var(--_accent); outline-offset: 3px }
    .panel { position: relative; display: flex; flex-direction: column; box-sizing: border-box;
      height: 100%; overflow: hidden; border: 1px solid var(--_line);
      border-radius: var(--_radius); background: var(--_surface); color: var(--_ink) }
    .head { display: none }
    iframe { flex: 1; min-height: 0; width: 100%; border: 0 }
    .error { position: absolute; inset: 0; display: grid; align-content: center;
      justify-items: center; gap: .5rem; padding: 1.5rem; overflow: auto; text-align: center;
      background: var(--_surface); overflow-wrap: anywhere }
    .error p { margin: 0; max-width: 34rem }
    .error .title { font-size: 1.2rem; font-weight: 600 }
    .open { position: fixed; z-index: var(--dafu-z-index, 1000); inset: auto var(--_gap) var(--_gap) auto;
      box-shadow: 0 4px 18px rgb(0 0 0 / 25%); font-weight: 600 }
    :host([position="left"]) .open { inset: auto auto var(--_gap) var(--_gap) }
    :host([mode="floating"]) .panel { position: fixed; z-index: var(--dafu-z-index, 1000);
      inset: auto var(--_gap) calc(var(--_gap) + 3.5rem) auto;
      width: min(var(--dafu-width, 27rem), calc(100vw - 2 * var(--_gap)));
      height: min(var(--dafu-height, 40rem), calc(100dvh - 2 * var(--_gap) - 3.5rem));
      box-shadow: 0 12px 48px rgb(0 0 0 / 28%); animation: rise .18s ease-out }
    :host([mode="floating"][position="left"]) .panel { right: auto; left: var(--_gap) }
    :host([mode="floating"]) .head { display: flex; align-items: center;
      justify-content: space-between; padding: .25rem .5rem .25rem 1rem;
      border-bottom: 1px solid var(--_line); font-weight: 600 }
    :host([mode="floating"]) .error { top: 3.3rem }
    .close { background: none; color: inherit; font-weight: 400 }
    @keyframes rise { from { opacity: 0; transform: translateY(10px) } }
    @media (prefers-reduced-motion: reduce) { .panel { animation: none !important } }
    @media (max-width: 30rem) { :host([mode="floating"]) .panel { inset: 0 !important; width: 100%;
      height: 100dvh; border: 0; border-radius: 0 } }
  `);

  /** Return an element that is also a part for the host page's styles. */
  function make(tag, name, attributes = {}) {
    const one = document.createElement(tag);
    one.className = name;
    one.setAttribute("part", name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    return one;
  }

  class DafuChat extends HTMLElement {
    static observedAttributes = ["lang", "theme", "mode", "label"];

    #button = make("button", "open", { type: "button", "aria-controls": "panel" });
    #panel = make("section", "panel", { id: "panel" });
    #name = make("span", "name");
    #shut = make("button", "close", { type: "button" });
    #frame = null;
    #error = make("div", "error", { role: "alert" });
    #timer = 0;
    #ready = false;
    #wishes = [];

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [SHEET];
      const head = make("div", "head");
      head.append(this.#name, this.#shut);
      this.#error.hidden = true;
      this.#panel.append(head, this.#error);
      root.append(this.#button, this.#panel);
      this.#button.addEventListener("click", () => (this.#panel.hidden ? this.open() : this.close()));
      this.#shut.addEventListener("click", () => this.close());
      root.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    }

    connectedCallback() {
      window.addEventListener("message", this.#hear);
      if (this.hasAttribute("question")) this.#wish("fill", this.getAttribute("question"));
      this.#panel.hidden = this.#floating;
      this.#show();
      if (!this.#floating) this.#load();
    }

    disconnectedCallback() {
      window.removeEventListener("message", this.#hear);
      this.#unload();
    }

    attributeChangedCallback(name, before, now) {
      if (!this.isConnected || before === now) return;
      this.#show();
      if (name === "mode") {
        this.#panel.hidden = this.#floating;
        if (!this.#floating) this.#load();
      }
      if (name === "lang" && this.#frame) this.#wish("lang", this.#lang);
      if (name === "theme" && this.#frame) this.#wish("theme", this.#theme);
    }

    /** Whether the chat is shown. */
    get opened() {
      return !this.#panel.hidden;
    }

    /** Show the chat and give it the focus. */
    open() {
      const before = this.opened;
      this.#panel.hidden = false;
      this.#button.setAttribute("aria-expanded", "true");
      this.#load();
      this.#frame.focus();
      if (!before) this.#tell("open");
    }

    /** Hide the chat behind its button, which gets the focus; in line there is nothing to hide. */
    close() {
      if (!this.#floating || !this.opened) return;
      this.#panel.hidden = true;
      this.#button.setAttribute("aria-expanded", "false");
      this.#button.focus();
      this.#tell("close");
    }

    /** Show the chat and ask a question in it, at once or as soon as it is ready. */
    ask(text) {
      if (this.#floating) this.open();
      this.#wish("ask", String(text));
    }

    get #floating() {
      return this.getAttribute("mode") === "floating";
    }

    get #lang() {
      const own = this.getAttribute("lang");
      const named = own && own !== "auto" ? own : document.documentElement.lang;
      return !named || named.toLowerCase().startsWith("zh") ? "zh" : "en";
    }

    get #theme() {
      const theme = this.getAttribute("theme");
      return ["light", "dark"].includes(theme) ? theme : "auto";
    }

    /** Bring words and roles in line with the attributes. */
    #show() {
      const words = WORDS[this.#lang];
      const label = this.getAttribute("label") || words.label;
      this.#panel.lang = this.#button.lang = words.lang;
      this.#button.hidden = !this.#floating;
      this.#button.textContent = this.#name.textContent = label;
      this.#button.setAttribute("aria-expanded", String(this.opened));
      this.#panel.setAttribute("role", this.#floating ? "dialog" : "region");
      this.#panel.setAttribute("aria-label", label);
      this.#shut.textContent = words.close;
      if (this.#frame) this.#frame.title = label;
      if (!this.#error.hidden) this.#fail();
    }

    #load() {
      if (this.#frame) return;
      const address = new URL("embed/", HERE);
      address.searchParams.set("lang", this.#lang);
      if (this.#theme !== "auto") address.searchParams.set("__theme", this.#theme);
      this.#frame = make("iframe", "frame", { src: address.href, allow: "clipboard-write" });
      this.#frame.title = this.#panel.getAttribute("aria-label");
      this.#frame.addEventListener("load", () => this.#greet());
      this.#panel.append(this.#frame);
      this.#wait();
    }

    #unload() {
      clearTimeout(this.#timer);
      this.#frame?.remove();
      this.#frame = null;
      this.#ready = false;
    }

    /** Make the frame known to us; while Dafu starts, its page loads anew every second. */
    #greet() {
      this.#ready = false;
      this.#wait();
      this.#send("hello");
    }

    #wait() {
      clearTimeout(this.#timer);
      const seconds = Number(this.getAttribute("timeout")) || PATIENCE;
      this.#timer = setTimeout(() => {
        const message = this.#fail();
        this.#tell("error", { code: "not_loaded", message });
      }, seconds * 1000);
    }

    /** Say in place of the chat that it did not load and what to set; return what was said. */
    #fail() {
      const words = WORDS[this.#lang];
      const title = make("p", "title");
      const help = make("p", "help");
      const retry = make("button", "retry", { type: "button" });
      title.textContent = words.title;
      help.textContent = words.frame(window.location.origin) + words.policy(HERE.origin);
      retry.textContent = words.retry;
      retry.addEventListener("click", () => this.#again());
      this.#error.replaceChildren(title, help, retry);
      this.#error.hidden = false;
      if (this.#frame) this.#frame.tabIndex = -1;
      return `${title.textContent} ${help.textContent}`;
    }

    #again() {
      this.#error.hidden = true;
      this.#unload();
      this.#load();
    }

    #send(type, value) {
      this.#frame?.contentWindow?.postMessage({ type: `dafu:${type}`, value }, HERE.origin);
    }

    /** Send a message now, or once the chat is ready for it. */
    #wish(type, value) {
      if (this.#ready) this.#send(type, value);
      else this.#wishes.push([type, value]);
    }

    #tell(type, detail = {}) {
      this.dispatchEvent(new CustomEvent(`dafu-${type}`, { detail, bubbles: true, composed: true }));
    }

    /** Take a message, if it comes from our frame and still from Dafu's origin. */
    #hear = (event) => {
      if (event.source !== this.#frame?.contentWindow || event.origin !== HERE.origin) return;
      const { type, detail } = event.data ?? {};
      if (type === "dafu:ready") this.#start();
      if (type === "dafu:answer") this.#tell("answer", detail);
      if (type === "dafu:error") this.#tell("error", detail);
      if (type === "dafu:escape") this.close();
    };

    #start() {
      clearTimeout(this.#timer);
      this.#error.hidden = true;
      this.#frame.removeAttribute("tabindex");
      this.#ready = true;
      this.#tell("ready");
      for (const [type, value] of this.#wishes.splice(0)) this.#send(type, value);
    }
  }

  if (!window.customElements.get("dafu-chat")) window.customElements.define("dafu-chat", DafuChat);
})();
