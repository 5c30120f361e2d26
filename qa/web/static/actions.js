// What the buttons in the conversation do: ask an example, edit, try again, take away, judge.
"use strict";

(() => {
  let judged = "";

  /** Put a question into the box to be changed. */
  function edit(text) {
    const box = type("box", text);
    box.focus();
    box.setSelectionRange(text.length, text.length);
  }

  function toast(text, bad) {
    const shown = document.getElementById("toast");
    shown.textContent = text;
    shown.className = bad ? "bad" : "good";
    clearTimeout(toast.timer);
    toast.timer = setTimeout(() => (shown.className = ""), 5000);
  }

  /** Fetch the conversation as a file and hand it to the browser. */
  async function take(form, exchange) {
    const lang = boxOf("lang").value === "en" ? "en" : "zh";
    const conversation = JSON.parse(boxOf("kept").value);
    let reply;
    try {
      reply = await fetch(new URL(`../api/v1/export/${form}`, document.baseURI), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ conversation, lang, exchange }),
      });
    } catch (error) {
      toast(error.message, true);
      return;
    }
    if (!reply.ok) {
      toast((await reply.json()).error.message, true);
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await reply.blob());
    link.download = /filename="([^"]+)"/.exec(reply.headers.get("Content-Disposition"))[1];
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function judge(value) {
    judged = value;
    const dialog = document.getElementById("opinion");
    dialog.dataset.verdict = value.split(" ")[0];
    dialog.querySelector("textarea").value = "";
    dialog.showModal();
    dialog.querySelector("textarea").focus();
  }

  function tell() {
    const dialog = document.getElementById("opinion");
    const [verdict, number] = judged.split(" ");
    const comment = dialog.querySelector("textarea").value;
    dialog.close();
    submit("judged", JSON.stringify([verdict, Number(number), comment]));
  }

  const ACTIONS = {
    ask: (button) => submit("box", button.value),
    edit: (button) => edit(button.value),
    again: () => document.getElementById("again").click(),
    csv: (button) => take("csv", Number(button.value)),
    export: (button) => take(button.value, null),
    judge: (button) => judge(button.value),
  };

  /** Send no empty question: Gradio would be deaf to the next one until it has been refused. */
  function onlyWithWords(event) {
    const sends = event.type === "click" ? event.target.closest?.("#send") : event.key === "Enter";
    if (!sends || boxOf("box")?.value.trim()) return;
    if (event.type === "keypress" && event.target !== boxOf("box")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    boxOf("box").focus();
  }

  document.addEventListener("click", onlyWithWords, { capture: true });
  document.addEventListener("keypress", onlyWithWords, { capture: true });

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest("button[name]");
    if (button && Object.hasOwn(ACTIONS, button.name)) ACTIONS[button.name](button);
    if (target?.closest("#opinion .tell")) tell();
    for (const menu of document.querySelectorAll("details.export[open]")) {
      if (!menu.contains(target) || button) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.export[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  /** Say that the connection is gone, whoever noticed it. */
  function offline(gone) {
    const root = document.documentElement;
    if (root.classList.contains("offline") === gone) return;
    root.classList.toggle("offline", gone);
    const text = document.getElementById("offline-text").content.cloneNode(true);
    document.getElementById("offline").replaceChildren(...(gone ? [text] : []));
  }

  window.addEventListener("offline", () => offline(true));
  window.addEventListener("online", () => offline(false));

  let noticed = "";
  afterChange.push(() => {
    if (document.querySelector(".toast-body.error")) offline(true);
    const notice = document.querySelector("#notice .notice");
    if (notice && notice.id !== noticed) {
      noticed = notice.id;
      toast(notice.textContent, notice.classList.contains("bad"));
    }
  });
})();
