// Signing out, and the way back in where a session ends while the page is open.
"use strict";

(() => {
  const ask = window.fetch.bind(window);

  /** Say that the session has ended, or no longer say so: another tab may have signed in. */
  function ended(over) {
    const root = document.documentElement;
    if (root.classList.contains("signed-out") === over) return;
    root.classList.toggle("signed-out", over);
    const shown = document.getElementById("ended-text").content.cloneNode(true);
    const link = shown.querySelector("a");
    const page = root.classList.contains("embed") ? "/embed/" : "/chat/";
    link.href = `../sign-in?next=${encodeURIComponent(page)}`;
    if (window.parent !== window) link.target = "_blank";
    document.getElementById("ended").replaceChildren(...(over ? [shown] : []));
  }

  window.fetch = async (...given) => {
    const reply = await ask(...given);
    ended(reply.status === 401);
    return reply;
  };

  document.addEventListener("click", async (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target?.closest("button[name=sign-out]")) return;
    const reply = await ask(new URL("../sign-out", document.baseURI), { method: "POST" });
    if (reply.ok) window.location.assign((await reply.json()).location);
  });
})();
