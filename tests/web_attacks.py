"""Twenty ways to make a page run or fetch something; each must show as the text that it is."""

ATTACKS = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '"><iframe src=//evil.example></iframe>',
    "'\"--></style></script><script>alert(1)</script>",
    "![x](http://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "<a href='java\tscript:alert(1)'>x</a>",
    "</div></article><style>*{background:url(//evil.example)}</style>",
    "<!-- --!>\n\n<b onmouseover=alert(1)>x</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "`code` $$x$$ **b**\n\n# h",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<form action="//evil.example"><input name=x autofocus onfocus=alert(1)>',
    "<details open ontoggle=alert(1)>x</details>",
    '<video poster="//evil.example/x.png"><source onerror=alert(1)></video>',
    "<base href=//evil.example/>",
    '<link rel=stylesheet href="//evil.example/x.css">',
    "{{constructor.constructor('alert(1)')()}}<template><script>1</script></template>",
)
