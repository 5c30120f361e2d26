"""What kind of expression a question asks for: a date, a number, a name, a reason."""

import re
from collections.abc import Mapping
from typing import Literal

from qa import patterns

Want = Literal[
    "person",
    "maker",
    "frequency",
    "duration",
    "share",
    "people",
    "countries",
    "country",
    "code",
    "trend",
    "name",
    "purpose",
    "money",
    "date",
    "list",
    "number",
    "outcome",
    "place",
    "reason",
    "view",
    "how",
    "yes-no",
    "who",
    "what",
    "any",
]
"""What an expression can be; ``any`` where a question does not say."""
NUMBERS = frozenset({"number", "people", "countries", "share", "duration", "frequency"})
STATED = frozenset({"person", "date", "money", "country", "code", *NUMBERS})
"""What has a form by which it is seen whether a sentence states one at all."""
NOT_IN_TABLES: frozenset[Want] = frozenset({"person", "maker", "outcome", "reason", "view"})
"""What no table of amounts states."""
NOT_IN_HEADERS: frozenset[Want] = frozenset(
    {
        "people",
        "money",
        "person",
        "maker",
        "outcome",
        "reason",
        "purpose",
        "share",
        "trend",
        "code",
        "how",
    }
)
"""What no header of a reply states."""
_MEASURES = (
    "个项次名份种国年台条届票位家枚件起张座艘辆架套批支扇把根篇章处所宗桩趟轮步成级款类部门场点"
)
_OF_STATES = r"(?:国家|国(?![际内外])|成员国|缔约国|会员国|伙伴国|邻国|参加国|参与国)"
_BESIDES = (
    rf"(?:[在由与和跟同向对给去从到]|来自)哪\w{{0,2}}{_OF_STATES}|"
    rf"[^是，。？]哪\w{{0,2}}{_OF_STATES}\s*[？?]?$|"
    r"\b(?:in|by|from|with|to|of) which (?:country|state|nation|neighbou?r)|"
    r"\b(?:which|what) (?:country|state|nation|neighbou?r)s? (?:does|did|do)\b"
)
_OF_MONEY = (
    r"(?:contribution|donation|grant|fund(?:s|ing)?|budget|payment|pledge|amount|cost|price|sum)"
)
_WANTS: Mapping[Want, re.Pattern[str]] = {
    "person": re.compile(
        r"(?:长|主席|总统|大使|代表|负责人)是谁|"
        r"(?:人|官员|部长|秘书长|负责人|主席|主任|局长|司长|处长|专员|总统|大使|代表|头儿?|头头|领导|一把手|指挥官|司令)[^，。？]{0,6}叫(?:什么|啥)|"
        r"由谁(?:签|致辞)|谁(?:签的?字|签名|致辞)|who (?:signed|chaired) (?:it|for|on behalf)|"
        r"姓名|姓甚名谁|哪[国个](?:外长|部长|官员|总统|大使|代表)|哪[一两二三几]?位(?:官员|部长|代表|大使)|"
        r"\bname of (?:the |its )?(?:official|person|minister|ambassador|delegate|head|"
        r"director|signatory)"
    ),
    "maker": re.compile(
        r"哪家(?:公司|企业|厂)|厂家|厂商|制造商|供应商|谁(?:造|生产|制造)|型号|"
        r"供[货应]商|生产商|(?:哪|什么)品牌|"
        r"(?:which|what|name of the) (?:company|companies|firms?|manufacturers?|models?|brands?|"
        r"vendors?|contractors?)|manufactur|\bmade by\b|suppliers?(?! group|s group)"
    ),
    "frequency": re.compile(
        r"多久(?:\w{0,4})一次|几年一次|几个?月一次|频率|多频繁|隔多久|how (?:often|frequently)"
    ),
    "duration": re.compile(r"多久|多长|几个小时|几天|多少天|持续|为期|期限|how long|duration"),
    "share": re.compile(r"比例|百分之|占多|percent|\bproportion\b|\bportion\b|share of|what share"),
    "people": re.compile(
        r"多少(?:名|位|个|号)?(?:人|官员|警察|学员|专家|代表|士兵|兵)|几[名位]|几个人|人数|兵力|"
        r"编制|(?<!大)规模|[死伤遇][^\W哪]{0,2}(?:多少|几)|伤亡|死伤|遇难人|"
        r"how many (?:people|officials|officers|experts|participants|delegates|persons|trainees|"
        r"soldiers|troops|staff|victims|civilians|personnel|police|guards|specialists|inspectors|"
        r"employees|agents|scientists|fighters|suspects|instructors|trainers)|"
        r"head ?count|(?<!mass-)(?<!mass )casualt|\bdeath toll|\bmanpower\b|"
        r"\b(?:troop|force) strength|"
        r"\b(?:size|strength) of (?:the |its )?(?:\w+ )?(?:unit|team|staff|force|department)\b"
    ),
    "countries": re.compile(
        r"(?:多少|(?<!哪)几)个?(?:国家|国|成员国|缔约国|伙伴国|参加国|参与国)|"
        r"how many (?:countries|states|members|parties|governments)"
    ),
    "country": re.compile(
        rf"{_BESIDES}|哪(?:[一二两三四五六七八九十几些]+|\d+)个?{_OF_STATES}|"
        r"哪个?(?:成员国|缔约国|会员国|伙伴国|邻国|参加国|参与国)|"
        r"\b(?:which|what)(?: (?!else|should|do|does|did|can|must|will)\w+){0,2} "
        r"(?:countries|states|nations|neighbou?rs)\b"
    ),
    "code": re.compile(
        r"编号|文号|第几号|几号(?:法|令|决议|决定|文件)|第几条|哪一?条(?=法|规定|款)|"
        r"(?:法|令|规|约|章)[^，。？?]{0,8}哪一?条(?=[，。？?]|$)|"
        r"\b(?:law|resolution|decree|decision|document|article|regulation) number\b|"
        r"\b(?:its|their) numbers?\b(?! of)|"
        r"\bnumber of (?:the |its )?(?:[\w-]+ )*?(?:law|act|resolution|decree|decision|document)\b|"
        r"which article\b"
    ),
    "trend": re.compile(
        r"是?[增涨升多](?:加|高|长)?了?还是[减降缩少跌]|比(?:上|前|去)\w{0,6}[多少高低大小增减涨降]|"
        r"(?<!how many )(?:more|fewer|larger|smaller|higher|lower|up or down)\b.*\b(?:previous|"
        r"before|last year|earlier)\b|\b(?:increase|decrease|rise|fall)d? (?:or|compared)"
    ),
    "name": re.compile(
        r"叫什么|叫啥|名称|名字|题为|标题|全称|简称|\bcalled\b|\bname of\b|\btitle\b|entitled"
    ),
    "purpose": re.compile(
        r"干什么|干啥|干嘛|做什么用|目的|用途|为了什么|用来|"
        r"what for|purpose|used for|\baim(?:s|ed)?\b"
    ),
    "money": re.compile(
        r"(?:多少|几多)(?:钱|(?:万|亿)?(?:美元|欧元|元|克朗|英镑|卢布|比索|第纳尔|经费|资金|款|预算))|"
        r"几[十百千]?[万亿]?(?:美元|欧元|元|克朗|英镑|卢布|比索|第纳尔)|"
        r"(?:花|出|拨|捐|投|给|掏)了?多少(?![名个位次项台件国份本册篇种期页条场轮批届家人起吨架艘张])|金额|经费|值(?:几多|多少|几个?钱)|"
        r"(?:价值|价格|造价|费用|开支|开销|预算|成本|数目|价钱|捐款|供资|出资|拨款|资助)(?:总额)?(?:一共|总共)?(?:是|有|为)?(?:多少|几|多大)|多大数目|"
        r"(?:多少|多大)(?:的)?(?:费用|开支|开销|预算|成本)|"
        r"how much (?:money|funding|cash)|how much\b.*\b(?:spen[dt]|cost|pa(?:y|id)|g[ia]ve|donate|"
        r"contribute|budget|fund|allocate|invest|worth)|\bworth\b|price\b|\bcosts?\b|"
        r"what\b.*\b(?:budget|value of|dollar value|sum of money|spend)\b|"
        r"how (?:many|much) (?:us )?(?:dollars?|euros?)|"
        rf"how (?:large|big|high|generous)\b.*\b{_OF_MONEY}|what (?:do|does|did)\b.*\bpa(?:y|id)\b|"
        rf"[:,;] ?(?:what |the |its )?{_OF_MONEY}\b|\bwhat sum\b|^(?:the )?value of\b|"
        r"\b(?:amounts?|sums?)\b.*\b(?:paid|pays?|gave|give[ns]?|contribut\w+|donat\w+|spen[dt])\b|"
        r"(?:捐[款资赠助]|供资|出资|拨款|掏钱|资助)[^。?]{0,60}:(?:是|又|一年|每年|一共|总共)?多少\\??$|"
        r"\b(?:fund|pa(?:y|id)|donat|contribut|financ)\w*\b.*\bhow much\W*$"
    ),
    "date": re.compile(
        r"何时|什么时候|什么时间|啥时候|哪一?天|哪一?年|哪个?月|几月|几号|几时|哪年|年份|(?<!截止)日期|"
        r"(?:什么|啥|何|具体|举行|开会|召开|通过|生效)的?时间|"
        r"时间(?:是|呢|定|和地点|、?地点|表|[？?]|$)|"
        r"(?:^|[,;:.?：“] ?|\b(?:and|or|but|so|then|exactly|know|says?|said|states?|tell|specify|"
        r"since|until|on) )when\b(?! it comes)|(?<!\bto )\bdates?\b|"
        r"what (?:year|day|month)|which (?:year|month|date)"
    ),
    "list": re.compile(
        r"哪一?些|哪几(?![年月天号次])|有何|列出|列举|分别是|分别有|包括什么|都有什么|"
        r"what (?:are|were|\w+ (?:measures|steps))|\blist\b|which \w+s\b"
    ),
    "number": re.compile(
        rf"多少|(?<![哪这那好近去])几(?=[{_MEASURES}])(?!年来|个月来)|数量|总数|次数|金额|总额|"
        r"how many|how much|how (?:large|big|high) (?:is|are|was|were)\b|"
        r"what (?:number|amount|percentage|share|proportion)|\bnumber of\b"
    ),
    "outcome": re.compile(
        r"结果|结论|成效|效果|成果|收获|战果|查出|[查缴截起]获|抓(?:了|到|获)|逮捕了|"
        r"outcome|\bresults?\b|conclusion|conclude|findings?|achieve|\bseize|arrested"
    ),
    "place": re.compile(
        r"在哪一?(?:[个座]|座)?(?:城市|地方|地点|地|城)|在哪(?![个家一些年几份项条段篇部国])|哪里|何地|何处|什么地方|哪个城市|哪座城市|"
        r"在谁家?(?:的)?(?:地盘|地界|境内|那里|那儿)|\bwhere\b|"
        r"(?:which|what) (?:city|place|town|port|venue)|\bwhose (?:soil|territory|turf)\b|"
        r"headquarter(?:s|ed)"
    ),
    "reason": re.compile(
        r"为什么|为何|原因|理由|为啥|缘故|缘由|因为什么|咋回事|\bwhy\b|\breasons?\b"
    ),
    "view": re.compile(
        r"怎么(?:看|说|讲|谈)|如何(?:看|评价|表态|表述)|(?:看法|立场|态度|观点|主张)(?:是什么|如何|怎样|呢)?|"
        r"有(?:何|什么)(?:看法|表示|评论|主张)|(?:说|谈|讲|提)(?:到|及)?了?(?:些)?(?:什么|啥)|"
        r"\b(?:sa(?:y|id|ys)|writes?|wrote|written)\b.*\b(?:about|on|of|regarding|concerning)\b|\b(?:position|view|stance)s?\b"
    ),
    "how": re.compile(r"怎么|如何|怎样|咋|靠什么|凭什么|\bhow\b(?! many| much| long)"),
    "yes-no": patterns.YES_NO,
    "who": re.compile(r"谁|哪[个家国]|\bwho\b|which"),
    "what": re.compile(r"什么|啥|哪|\bwhat\b"),
}
"""In their order of precedence."""


_SOME = re.compile(r"(?:只|仅|就|才|挑|选)[^，。？?]{0,4}几")
"""A few, where how many is not asked: 是不是只挑了几座."""
_HOW_MANY = re.compile(r"多少|how (?:many|much)")


def means_another(text: str) -> bool:
    """Tell whether a normalised question for a country means one beside the one that replies."""
    return re.search(_BESIDES, text) is not None


def asks_for(want: Want, text: str) -> bool:
    """Tell whether a normalised question asks for an expression of a kind, among others."""
    return _WANTS[want].search(text) is not None


def want_of(text: str) -> Want:
    """Return what kind of expression a normalised question or part of one asks for.

    Of a question that stands after its topic, as a follow-up does, the question tells, and the
    topic only that a number is one of money.
    """
    _, colon, own = text.rpartition(":")
    if colon and (want := _first_of(own)) != "any":
        return "money" if want == "number" and _WANTS["money"].search(text) else want
    return _first_of(text)


def _first_of(text: str) -> Want:
    want: Want = next((one for one, pattern in _WANTS.items() if pattern.search(text)), "any")
    some = want == "number" and _SOME.search(text) and not _HOW_MANY.search(text)
    return "yes-no" if some and patterns.YES_NO.search(text) else want
