"""How the report looks: one style sheet, no font, script or picture from anywhere else."""

CSS = """
:root { color-scheme: light dark; --ink: #1c2430; --dim: #5c6775; --paper: #fff; --line: #d9dee5;
  --soft: #f4f6f8; --good: #1a7f4b; --bad: #b3261e; --bar: #2f6fb5; --hit: #ffe9a8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --dim: #9aa5b3; --paper: #14181e;
  --line: #323a45; --soft: #1d232b; --good: #5fcf95; --bad: #ff8a80; --bar: #6ea8e6;
  --hit: #6a5613; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px 20px 80px; background: var(--paper);
  color: var(--ink); font: 15px/1.55 system-ui, "Noto Sans CJK SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; }
h1 { font-size: 26px; margin: 0; } h2 { font-size: 19px; margin: 36px 0 10px; }
.dim { color: var(--dim); } .good { color: var(--good); } .bad { color: var(--bad); }
.scroll { overflow-x: auto; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(500px, 100%), 1fr));
  gap: 12px 36px; align-items: start; }
.pair table { font-size: 14px; } .pair :is(th, td) { padding: 3px 8px; }
.pair :is(th, td):first-child { padding-left: 0; } .scroll + svg { margin-top: 16px; }
.pair h2 { margin-top: 22px; }
.lead { font-size: 17px; margin: 10px 0; }
section > details > summary { cursor: pointer; color: var(--dim); margin: 8px 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 10px; text-align: right; border-bottom: 1px solid var(--line);
  white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
.promises { display: flex; flex-wrap: wrap; gap: 8px; padding: 0; list-style: none; }
.promises li { border: 1px solid var(--line); border-radius: 6px; padding: 4px 12px; }
svg { max-width: 100%; height: auto; font-size: 12px; } svg text { fill: var(--ink); }
.rail { fill: var(--soft); } .bar { fill: var(--bar); }
.whisker { stroke: var(--ink); stroke-width: 1.5; fill: none; }
details.case { border-bottom: 1px solid var(--line); }
details.case > summary { cursor: pointer; padding: 7px 0; }
details.case > summary:focus-visible, label:focus-within { outline: 2px solid var(--bar); }
.case-body { padding: 0 0 16px 22px; }
.tag { font-size: 12px; color: var(--dim); border: 1px solid var(--line); border-radius: 4px;
  padding: 0 6px; }
blockquote { margin: 6px 0; padding: 8px 14px; background: var(--soft); border-radius: 6px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: var(--hit); color: inherit; border-radius: 2px; }
dl { display: grid; grid-template-columns: 110px 1fr; gap: 4px 14px; margin: 8px 0; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
.filter { border: 0; padding: 0; margin: 0 0 8px; display: flex; gap: 16px; }
#failed:checked ~ .cases .solved, #lost:checked ~ .cases .case:not(.fell),
#won:checked ~ .cases .case:not(.rose) { display: none; }
"""
