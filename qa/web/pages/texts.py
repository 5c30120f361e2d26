"""Every word of the reader and the explorer, in Chinese and in English."""

from dataclasses import dataclass

from qa.web.texts import EN, ZH, Texts, UiLanguage


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The words of one interface language; ``{}`` takes what varies, ``chat`` those of the chat."""

    chat: Texts
    parts: str
    ask: str
    reader: str
    explorer: str
    skip: str
    contents: str
    close: str
    find: str
    find_hint: str
    previous: str
    next: str
    none_found: str
    by_meaning: str
    nearest: str
    searching: str
    offline: str
    kinds: dict[str, str]
    sections: dict[str, str]
    copy: str
    copied: str
    reference: str
    permalink: str
    gloss: str
    gloss_note: str
    note_back: str
    agenda: str
    replies: str
    unknown_report: str
    reports: str
    intro: str
    topics: str
    acts: str
    topics_hint: str
    acts_hint: str
    topic: str
    act: str
    total: str
    cell_topics: str
    cell_acts: str
    quotes: str
    quotes_empty: str
    quotes_none: str
    no_notes: str
    unofficial: str
    negated: str
    in_reader: str
    timeline: str
    timeline_hint: str
    replies_table: str
    respondent: str
    kind: str
    language: str
    date: str
    pages: str
    passages: str
    download: str
    fewer: str
    more: str


PAGE_ZH = PageTexts(
    chat=ZH,
    parts="栏目",
    ask="提问",
    reader="全文",
    explorer="概览",
    skip="跳到正文",
    contents="目录",
    close="关闭",
    find="在全文中查找",
    find_hint="查找字词（按 / 键）",
    previous="上一处",
    next="下一处",
    none_found="没有这些字",
    by_meaning="按意思查找",
    nearest="意思最接近的段落",
    searching="正在查找",
    offline="现在连不上服务器，请稍后再试。",
    kinds={"introduction": "秘书长", "government": "政府", "organisation": "国际组织"},
    sections={"introduction": "导言", "government": "各国政府", "organisation": "国际组织"},
    copy="复制本段",
    copied="已复制",
    reference="({symbol}, 第{pages}页, {name})",
    permalink="第 {} 段的链接",
    gloss="",
    gloss_note="",
    note_back="回到正文",
    agenda="联合国大会第 {} 届会议 · 秘书长的报告",
    replies="{} 个政府和 {} 个国际组织的答复",
    unknown_report="没有这份报告",
    reports="现有的报告：",
    intro="谁谈了什么、何时答复、用什么语文：点任何一格，就列出原句。",
    topics="谁谈了什么",
    acts="谁做了什么",
    topics_hint="每格是该答复者谈到该主题的段数，颜色越深越多。主题由编辑人员标注。",
    acts_hint="每格是该答复者有此行动或立场的句数，颜色越深越多。行动由编辑人员标注。",
    topic="主题",
    act="行动或立场",
    total="答复者",
    cell_topics="{name}，{label}：{count} 段",
    cell_acts="{name}，{label}：{count} 句",
    quotes="原句",
    quotes_empty="点表中任何一格，这里列出该答复者的原句，并可转到全文。",
    quotes_none="这位答复者没有谈到。",
    no_notes="这份报告还没有编辑标注，所以没有这张表。",
    unofficial="主题和行动是编辑标注，不是报告的内容；引号内是报告原文。",
    negated="否定",
    in_reader="在全文中看",
    timeline="何时答复，用什么语文",
    timeline_hint="每一点是一份答复，按日期排列；一行是一种原件语文。点击可读全文。",
    replies_table="各份答复",
    respondent="答复者",
    kind="类别",
    language="原件语文",
    date="日期",
    pages="页码",
    passages="段落数",
    download="下载 CSV",
    fewer="少",
    more="多",
)

PAGE_EN = PageTexts(
    chat=EN,
    parts="Sections",
    ask="Ask",
    reader="Report",
    explorer="Explore",
    skip="Skip to the text",
    contents="Contents",
    close="Close",
    find="Find in the report",
    find_hint="Find words (press /)",
    previous="Previous",
    next="Next",
    none_found="No such words",
    by_meaning="Search by meaning",
    nearest="Passages nearest in meaning",
    searching="Searching",
    offline="The server cannot be reached; please try again shortly.",
    kinds={
        "introduction": "Secretary-General",
        "government": "Government",
        "organisation": "Organisation",
    },
    sections={
        "introduction": "Introduction",
        "government": "Governments",
        "organisation": "International organisations",
    },
    copy="Copy passage",
    copied="Copied",
    reference="({symbol}, p. {pages}, {name})",
    permalink="Link to paragraph {}",
    gloss="English gloss",
    gloss_note="Unofficial English gloss, not a translation of the United Nations",
    note_back="Back to the text",
    agenda="General Assembly, {} session · Report of the Secretary-General",
    replies="Replies of {} governments and {} international organisations",
    unknown_report="There is no such report",
    reports="Reports there are:",
    intro="Who speaks of what, when each replied and in which language: every cell opens its "
    "sentences.",
    topics="Who speaks of what",
    acts="Who did what",
    topics_hint="A cell counts the passages in which a respondent speaks of a topic; darker is "
    "more. Topics are assigned by editors.",
    acts_hint="A cell counts the sentences in which a respondent states an act or a position; "
    "darker is more. Acts are assigned by editors.",
    topic="Topic",
    act="Act or position",
    total="Respondents",
    cell_topics="{name}, {label}: passages: {count}",
    cell_acts="{name}, {label}: sentences: {count}",
    quotes="Sentences",
    quotes_empty="Choose any cell of the table: the respondent's own sentences appear here, with "
    "a link into the report.",
    quotes_none="This respondent does not speak of it.",
    no_notes="This report has no editorial notes yet, and so no such table.",
    unofficial="Topics and acts are editorial notes, not part of the report; what is quoted is "
    "the report's own text.",
    negated="denied",
    in_reader="Read in the report",
    timeline="When and in which language they replied",
    timeline_hint="Each dot is a reply, by date; each row an original language. A click opens "
    "the report there.",
    replies_table="The replies",
    respondent="Respondent",
    kind="Kind",
    language="Original language",
    date="Date",
    pages="Pages",
    passages="Passages",
    download="Download CSV",
    fewer="fewer",
    more="more",
)

PAGE_TEXTS: dict[UiLanguage, PageTexts] = {"zh": PAGE_ZH, "en": PAGE_EN}
