// What Gradio's own document sets inline, which the policy of this site forbids.
window.__gradio_mode__ = "app";
// A portal may ask for a theme, under the name by which Gradio asks for its own.
{
  const theme = new URLSearchParams(window.location.search).get("__theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
