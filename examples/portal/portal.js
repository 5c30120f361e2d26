// What a portal does with Dafu: asks, listens, and calls the interface itself.
"use strict";

const DAFU = new URL(".", document.querySelector('script[src$="/widget.js"]').src);
const inline = document.getElementById("inline");
const EVENTS = ["ready", "open", "close", "answer", "error"];

function log(event) {
  const line = document.createElement("li");
  line.textContent = `${event.target.id} ${event.type} ${JSON.stringify(event.detail)}`;
  document.getElementById("log").prepend(line);
}

for (const name of EVENTS) document.addEventListener(`dafu-${name}`, log);

document.getElementById("ask-inline").addEventListener("click", () => {
  inline.ask(document.getElementById("question").value);
});

document.getElementById("switch-lang").addEventListener("click", () => {
  const lang = inline.getAttribute("lang") === "en" ? "zh" : "en";
  for (const one of document.querySelectorAll("dafu-chat")) one.setAttribute("lang", lang);
});

document.getElementById("switch-theme").addEventListener("click", () => {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  for (const one of document.querySelectorAll("dafu-chat")) {
    one.setAttribute("theme", root.dataset.theme);
  }
});

/** Return an element that holds a text; what comes from elsewhere is never markup. */
function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** Return an answer with its citations below it. */
function shown(answer) {
  const list = document.createElement("ol");
  list.append(
    ...answer.citations.map((one) =>
      element("li", `“${one.quote}”（${one.symbol}，第 ${one.pages.join("–")} 页，${one.respondent}）`),
    ),
  );
  return [element("p", answer.answer), list];
}

async function ask(question) {
  const reply = await fetch(new URL("api/v1/ask", DAFU), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ question }),
  });
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.error.message);
  return body;
}

document.getElementById("fetch").addEventListener("submit", async (event) => {
  event.preventDefault();
  const place = document.getElementById("answer");
  place.replaceChildren(element("p", "……"));
  try {
    place.replaceChildren(...shown(await ask(document.getElementById("question").value)));
  } catch (error) {
    const help = `请求失败；管理员请查看 DAFU_ALLOWED_ORIGINS / the request failed; see DAFU_ALLOWED_ORIGINS`;
    place.replaceChildren(element("p", `${help}（${error.message}）`));
  }
});
