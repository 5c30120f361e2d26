"""What users read around the quotations, in Chinese first and in English."""

from corpus import Respondent
from qa.language import to_traditional
from qa.types import Language, Notice, NoticeCode, Reason

_PHRASES = {
    "quoted": ("{who}：“{quote}”", "{who}: “{quote}”"),
    "gloss": ("{text}", "Unofficial translation: {text}"),
    "lead": ("{span}", "{span}"),
    "original": (
        "{who}答复的原件为{language}。",
        "{who}: the original of the reply is in {language}.",
    ),
    "date": ("{who}答复的日期是 {date}。", "{who}: the reply is dated {date}."),
    "section": (
        "{who}的答复在第{number}节（{title}）。",
        "{who}: the reply stands in section {number} ({title}).",
    ),
    "count_replies": ("符合条件的答复共 {n} 份：", "{n} replies in all:"),
    "none_replies": ("没有符合条件的答复。", "No reply meets the condition."),
    "first": (
        "最早的答复来自{who}，日期是 {date}。",
        "The earliest reply is that of {who}, dated {date}.",
    ),
    "last": (
        "最晚的答复来自{who}，日期是 {date}。",
        "The latest reply is that of {who}, dated {date}.",
    ),
    "governments": ("各国政府 {n} 份：", "Governments, {n}: "),
    "organisations": ("国际组织 {n} 份：", "Organizations, {n}: "),
    "reply_line": ("{who}（{language}，{date}）", "{who} ({language}, {date})"),
    "says": (
        "在查阅的 {searched} 个答复方中，{n} 个有相关内容：",
        "Of {searched} searched, {n} respondents speak of it:",
    ),
    "otherwise": ("表示不同立场的有 {n} 个：", "{n} say otherwise:"),
    "silent": ("未见相关内容的有 {n} 个：{names}。", "{n} say nothing of it: {names}."),
    "silent_head": (
        "在查阅的 {searched} 个答复方中，{n} 个的答复未见相关内容：{names}。",
        "Of {searched} searched, {n} respondents say nothing of it: {names}.",
    ),
    "mentioned_by": ("答复中有相关内容的：", "Those that do speak of it:"),
    "stranger": ("{who}没有为本报告提交答复。", "{who} sent no reply for this report."),
    "nothing_for": ("{who}：答复中未见相关内容。", "{who}: the reply says nothing of it."),
    "unstated": ("报告中没有找到：{part}。", "Not found in the report: {part}."),
    "pages": ("{who}的答复在第 {pages} 页。", "{who}: the reply stands on page {pages}."),
    "page": ("第 {pages} 页", "Page {pages}"),
    "yes": ("是。", "Yes."),
    "no": ("否。", "No."),
    "table_row": ("{who}，{year}，{items}：{amount} 美元", "{who}, {year}, {items}: US$ {amount}"),
    "table_total": (
        "{who}，{table}，共计：{amount} 美元",
        "{who}, {table}, printed total: US$ {amount}",
    ),
    "table_sum": ("{formula} = {result}（{unit}）", "{formula} = {result} ({unit})"),
    "printed_differs": (
        "报告印出的总额是 {printed}，与各行相加的结果相差 {difference}。",
        "The report prints a total of {printed}; the rows differ from it by {difference}.",
    ),
}

_OF_ONE = {
    "count_replies": "1 reply in all:",
    "says": "Of {searched} searched, 1 respondent speaks of it:",
    "otherwise": "1 says otherwise:",
    "silent": "1 says nothing of it: {names}.",
    "silent_head": "Of {searched} searched, 1 respondent says nothing of it: {names}.",
}
"""What is said in English where there is one of what is counted."""

_REFUSALS: dict[Reason, tuple[str, str]] = {
    "not-in-report": (
        "报告中没有找到能回答这个问题的内容。",
        "The report holds nothing that answers this question.",
    ),
    "not-a-respondent": (
        "{names}没有为本报告提交答复；报告只载有 {n} 个答复方的答复。",
        "{names} sent no reply for this report, which holds the replies of {n} respondents.",
    ),
    "respondent-silent": (
        "{names}的答复中没有能回答这个问题的内容。",
        "The reply of {names} does not say.",
    ),
    "after-closing-date": (
        "问题涉及报告截稿日（{closing}）之后的情况，报告没有记载。",
        "This lies after the report's closing date ({closing}); the report cannot say.",
    ),
    "off-topic": (
        "这个问题与本报告无关，无法依据报告回答。",
        "This question has nothing to do with the report.",
    ),
    "instruction": (
        "这是一条指令而不是关于报告的问题；这里只依据报告回答问题。",
        "This is an instruction, not a question about the report; only questions are answered.",
    ),
}

_NOTICES: dict[NoticeCode, tuple[str, str]] = {
    "model-unavailable": (
        "语言模型无法使用，回答改为直接引自报告。",
        "The language model cannot be used; the answer is quoted from the report instead.",
    ),
    "model-slow": (
        "语言模型没有在限定的时间内答完，回答改为直接引自报告。",
        "The language model was too slow; the answer is quoted from the report instead.",
    ),
    "model-broken-off": (
        "语言模型没有把话写完，回答改为直接引自报告。",
        "The language model broke off; the answer is quoted from the report instead.",
    ),
    "model-silent": (
        "语言模型没有写出任何内容，回答改为直接引自报告。",
        "The language model wrote nothing; the answer is quoted from the report instead.",
    ),
    "nothing-verified": (
        "语言模型写的内容都未通过核对，回答改为直接引自报告。",
        "Nothing that the language model wrote could be verified; the answer is quoted from the "
        "report instead.",
    ),
    "sentences-dropped": (
        "语言模型写的内容有 {n} 句未通过核对，已经删去。",
        "Sentences of the language model that could not be verified and were left out: {n}.",
    ),
    "partly-quoted": (
        "没有语言模型写的可核对内容、因而直接引用原文的：{names}。",
        "Quoted directly, for want of verified words of the language model: {names}.",
    ),
}

_LANGUAGES = {
    "英文": "English",
    "西班牙文": "Spanish",
    "阿拉伯文": "Arabic",
    "俄文": "Russian",
    "法文": "French",
    "中文": "Chinese",
}


def phrase(key: str, language: Language, /, **slots: object) -> str:
    """Return our own words in the language of the answer, with what is filled in left as it is."""
    if language == "en" and slots.get("n") == 1 and key in _OF_ONE:
        return _OF_ONE[key].format(**slots)
    return _in(language, _PHRASES[key]).format(**slots)


def refusal_message(reason: Reason, language: Language, /, **slots: object) -> str:
    """Return the sentence that says why there is no answer."""
    return _in(language, _REFUSALS[reason]).format(**slots)


def notice(code: NoticeCode, language: Language, /, **slots: object) -> Notice:
    """Return a notice with its sentence in the language of the answer."""
    return Notice(code, _in(language, _NOTICES[code]).format(**slots))


def name_of(respondent: Respondent, language: Language) -> str:
    """Return a respondent's name in the language of the answer."""
    return {
        "zh-Hans": respondent.name,
        "zh-Hant": respondent.name_hant,
        "en": respondent.name_en,
    }[language]


def language_name(printed: str, language: Language) -> str:
    """Return the name of an original language as the answer's language says it."""
    if language == "en":
        return _LANGUAGES.get(printed, printed)
    return printed


def join_names(names: list[str], language: Language) -> str:
    """Return names as a list in a sentence."""
    return (", " if language == "en" else "、").join(names)


def _in(language: Language, pair: tuple[str, str]) -> str:
    chinese, english = pair
    if language == "en":
        return english
    return to_traditional(chinese) if language == "zh-Hant" else chinese
