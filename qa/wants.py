"""What kind of expression a question asks for: a date, a number, a name, a reason."""

import re
from collections.abc import Mapping
from typing import Literal

from qa import patterns

Want = Literal[
    "person",
    "maker",
    "outcome",
    "duration",
    "share",
    "people",
    "countries",
    "name",
    "purpose",
    "money",
    "list",
    "date",
    "number",
    "place",
    "reason",
    "how",
    "yes-no",
    "who",
    "what",
    "any",
]
"""What an expression can be; ``any`` where a question does not say."""
NUMBERS = frozenset({"number", "people", "countries", "share", "duration"})
_WANTS: Mapping[Want, re.Pattern[str]] = {
    "person": re.compile(
        r"(?:长|主席|总统|大使|代表|负责人)是谁|"
        r"(?:人|官员|部长|秘书长|负责人|主席|局长|总统|大使|代表)[^，。？]{0,6}叫什么|"
        r"姓名|姓甚名谁|哪位(?:官员|部长|代表|大使)|"
        r"\bname of (?:the |its )?(?:official|person|minister|ambassador|delegate|head|"
        r"director|signatory)"
    ),
    "maker": re.compile(
        r"哪家(?:公司|企业|厂)|厂家|厂商|制造商|供应商|谁(?:造|生产|制造)|型号|"
        r"which (?:company|firm|manufacturer|model)|manufactur|\bmade by\b|supplier"
    ),
    "outcome": re.compile(
        r"结果|结论|成效|效果|成果|收获|战果|查出|[查缴截起]获|抓(?:了|到|获)|逮捕了|"
        r"outcome|\bresults?\b|conclusion|conclude|findings?|achieve|\bseize|arrested"
    ),
    "duration": re.compile(r"多久|多长|几个小时|几天|多少天|持续|为期|期限|how long|duration"),
    "share": re.compile(r"比例|百分之|占多|percent|proportion|share of"),
    "people": re.compile(
        r"多少(?:名|位|个)?(?:人|官员|警察|学员|专家|代表|士兵|兵)|几[名位]|几个人|人数|兵力|"
        r"编制|(?<!大)规模|"
        r"how many (?:people|officials|officers|experts|participants|delegates|persons|trainees|"
        r"soldiers|troops|staff)|head ?count"
    ),
    "countries": re.compile(
        r"(?:多少|几)个?(?:国家|国|成员国|缔约国|伙伴国|参加国|参与国)|"
        r"how many (?:countries|states|members|parties|governments)"
    ),
    "name": re.compile(
        r"叫什么|叫啥|名称|名字|题为|标题|全称|简称|\bcalled\b|\bname of\b|\btitle\b|entitled"
    ),
    "purpose": re.compile(
        r"干什么|干啥|干嘛|做什么用|目的|用途|为了什么|用来|"
        r"what for|purpose|used for|\baim(?:s|ed)?\b"
    ),
    "money": re.compile(
        r"多少钱|多少(?:万|亿)?(?:美元|欧元|元|克朗|英镑|卢布|比索|第纳尔|经费|资金|款)|"
        r"花了?多少|出了?多少|金额|经费|how much (?:money|funding)"
    ),
    "list": re.compile(
        r"哪一?些|哪几(?![年月天号次])|有何|列出|列举|分别是|分别有|包括什么|都有什么|"
        r"what (?:are|were|\w+ (?:measures|steps))|\blist\b|which \w+s\b"
    ),
    "date": re.compile(
        r"何时|什么时候|什么时间|啥时候|哪一?天|哪一?年|哪个?月|几月|几号|几时|哪年|年份|日期|时间(?!点)|"
        r"\bwhen\b|\bdates?\b|what (?:year|day|month)|which (?:year|month|date)"
    ),
    "number": re.compile(
        r"多少|(?<![哪这那])几(?=[个项次名份种国年台条届位家])|数量|总数|次数|"
        r"金额|总额|"
        r"how many|how much|what (?:number|amount|percentage|share|proportion)|\bnumber of\b"
    ),
    "place": re.compile(
        r"在哪(?![个家一些年几份项条段篇部])|哪里|何地|何处|什么地方|哪个城市|哪座城市|"
        r"\bwhere\b|which (?:city|country|place)"
    ),
    "reason": re.compile(r"为什么|为何|原因|理由|为啥|\bwhy\b|\breasons?\b"),
    "how": re.compile(r"怎么|如何|怎样|咋|靠什么|凭什么|\bhow\b(?! many| much| long)"),
    "yes-no": patterns.YES_NO,
    "who": re.compile(r"谁|哪[个家国]|\bwho\b|which"),
    "what": re.compile(r"什么|啥|哪|\bwhat\b"),
}
"""In their order of precedence."""


def asks_for(want: Want, text: str) -> bool:
    """Tell whether a normalised question asks for an expression of a kind, among others."""
    return _WANTS[want].search(text) is not None


def want_of(text: str) -> Want:
    """Return what kind of expression a normalised question or part of one asks for."""
    return next((want for want, pattern in _WANTS.items() if pattern.search(text)), "any")
