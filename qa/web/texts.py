"""Every word of the interface, in Chinese and in English."""

from dataclasses import dataclass
from typing import Literal

from qa.types import Kind, Reason

UiLanguage = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one interface language; ``{}`` takes what varies."""

    lang: str
    name: str
    switch: str
    box: str
    box_hint: str
    send: str
    clear: str
    within: str
    within_hint: str
    empty_title: str
    empty_text: str
    examples: tuple[tuple[str, str], ...]
    """What kind of question, and a question of that kind."""
    conversation: str
    pending: str
    drafting: str
    failed: str
    stopped: str
    stopped_text: str
    resolved: str
    edit: str
    cited: str
    cited_empty: str
    nearest: str
    says: str
    otherwise: str
    silent: str
    searched: str
    page: str
    pages: str
    paragraph: str
    original: str
    original_unknown: str
    copy: str
    copy_all: str
    read: str
    back: str
    show: str
    halt: str
    again: str
    csv: str
    helpful: str
    unhelpful: str
    thanks: str
    earlier: str
    export: str
    export_title: str
    sign_out: str
    stance: str
    respondent: str
    quoted: str
    kinds: dict[Kind, str]
    refusals: dict[Reason, str]
    languages: dict[str, str]
    colon: str
    comma: str
    comma_list: str


ZH = Texts(
    lang="zh-Hans",
    name="答复",
    switch="English",
    box="问题",
    box_hint="用中文或英文提问",
    send="提问",
    clear="新对话",
    within="只看",
    within_hint="全部答复者",
    empty_title="问这份报告",
    empty_text="答案只用报告原文，逐句注明答复者、页码和段落；报告没说的，会直说没有。",
    examples=(
        ("查一个事实", "墨西哥何时加入核供应国集团？"),
        ("谁提到了", "哪些国家批准了《制止核恐怖主义行为国际公约》？"),
        ("谁没有提到", "哪些答复没有提到第1540号决议？"),
        ("对照两方", "对比国际海事组织和国际民航组织的措施"),
        ("查表格", "墨西哥 2014 至 2016 年检测设备支出合计是多少？"),
        ("是或否", "挪威批准了《制止核恐怖主义行为国际公约》吗？"),
        ("关于报告", "最早的答复是哪一天？"),
        ("用英文问", "How many conventions on terrorism has Cuba ratified?"),
    ),
    conversation="对话",
    pending="正在查报告",
    drafting="正在写，尚未核对出处",
    failed="没有得到答案",
    stopped="已停止",
    stopped_text="这个问题没有答完。",
    resolved="理解为",
    edit="修改",
    cited="引文",
    cited_empty="答案的出处会列在这里：答复者、页码、段落和整段原文，所引的话加亮。",
    nearest="最接近的段落",
    says="提到",
    otherwise="另有说法",
    silent="未提及",
    searched="已查 {} 个答复者",
    page="第 {} 页",
    pages="第 {} 页",
    paragraph="第 {} 段",
    original="联合国中文本；原件：{}",
    original_unknown="联合国中文本",
    copy="复制引文",
    copy_all="复制答案和引文",
    read="在报告中看",
    back="回到答案",
    show="看引文",
    halt="停止",
    again="重试",
    csv="下载表格",
    helpful="有用",
    unhelpful="有问题",
    thanks="谢谢，已记下。",
    earlier="历史",
    export="导出",
    export_title="关于 {} 的问答",
    sign_out="退出",
    stance="立场",
    respondent="答复者",
    quoted="引文",
    kinds={
        "lookup": "查找",
        "metadata": "报告信息",
        "survey": "逐一排查",
        "comparison": "对照",
        "table": "表格",
        "follow-up": "追问",
        "refusal": "未作答",
    },
    refusals={
        "not-in-report": "报告里没有",
        "not-a-respondent": "不在答复者之列",
        "respondent-silent": "该答复者没有提到",
        "after-closing-date": "晚于报告截止日期",
        "off-topic": "与报告无关",
        "instruction": "这不是提问",
    },
    languages={},
    colon="：",
    comma="，",
    comma_list="、",
)

EN = Texts(
    lang="en",
    name="Dafu",
    switch="中文",
    box="Question",
    box_hint="Ask in English or Chinese",
    send="Ask",
    clear="New chat",
    within="Only",
    within_hint="All respondents",
    empty_title="Ask the report",
    empty_text="Answers use the report's own words, each with its respondent, page and paragraph. "
    "What the report does not say, Dafu says it does not. The report's text is Chinese.",
    examples=(
        ("Look up a fact", "When did Mexico join the Nuclear Suppliers Group?"),
        ("Who says so", "Which countries ratified the Nuclear Terrorism Convention?"),
        ("Who is silent", "Which replies do not mention resolution 1540?"),
        ("Compare", "Compare export control in Mexico and Spain"),
        ("Read a table", "How much did Mexico spend on detection equipment?"),
        ("Yes or no", "Did Norway ratify the Nuclear Terrorism Convention?"),
        ("About the report", "Which replies were written in Spanish?"),
        ("In Chinese", "古巴批准了多少项与恐怖主义有关的国际公约？"),
    ),
    conversation="Conversation",
    pending="Searching the report",
    drafting="Writing; sources not checked yet",
    failed="No answer",
    stopped="Stopped",
    stopped_text="This question was not answered to the end.",
    resolved="Understood as",
    edit="Edit",
    cited="Citations",
    cited_empty="Sources of the answer appear here: respondent, page, paragraph and the whole "
    "passage, with the words cited highlighted.",
    nearest="Nearest passages",
    says="Says so",
    otherwise="Says otherwise",
    silent="Silent",
    searched="{} respondents searched",
    page="p. {}",
    pages="pp. {}",
    paragraph="para. {}",
    original="UN Chinese text; original: {}",
    original_unknown="UN Chinese text",
    copy="Copy citation",
    copy_all="Copy answer and citations",
    read="See it in the report",
    back="Back to the answer",
    show="Show citations",
    halt="Stop",
    again="Try again",
    csv="Download table",
    helpful="Helpful",
    unhelpful="Something is wrong",
    thanks="Thank you, noted.",
    earlier="History",
    export="Export",
    export_title="Questions about {}",
    sign_out="Sign out",
    stance="Stance",
    respondent="Respondent",
    quoted="Quotation",
    kinds={
        "lookup": "Lookup",
        "metadata": "About the report",
        "survey": "Survey",
        "comparison": "Comparison",
        "table": "Table",
        "follow-up": "Follow-up",
        "refusal": "Not answered",
    },
    refusals={
        "not-in-report": "Not in the report",
        "not-a-respondent": "Not a respondent",
        "respondent-silent": "The respondent does not say",
        "after-closing-date": "After the report's closing date",
        "off-topic": "Not about the report",
        "instruction": "Not a question",
    },
    languages={
        "阿拉伯文": "Arabic",
        "中文": "Chinese",
        "英文": "English",
        "法文": "French",
        "俄文": "Russian",
        "西班牙文": "Spanish",
    },
    colon=": ",
    comma=", ",
    comma_list=", ",
)

TEXTS: dict[UiLanguage, Texts] = {"zh": ZH, "en": EN}
