// What Gradio's own document sets inline, which the policy of this site forbids.
window.__gradio_mode__ = "app";
