"""Words that tie a question to the one before it."""

import re

from index.text import normalise

LEAD = re.compile(
    r"^(?:(?:那么?|还有|另外|除了?此(?:之外|以外|外)|至于|换成|改成|再看看?|再问|不对|不是(?:[这那](?:个|部|项|份|次|家|笔|条|场|届|种|张表?))?|错了|[打写说弄搞记]错了?(?:年份?|国家|名字|字)?了?|"
    r"我(?:是|要|想|其实)*问的?(?:是)?|我是说|我说的是|不对不对|我[要指]的是|同样的?问题|"
    r"同样的?[两几三]?[点个件](?:问题|事)?|"
    r"(?:the )?same question,?(?: but)?(?: for| about| of| to)?\b|"
    r"(?:(?:i )?(?:typed|wrote|got|said|had) the wrong|wrong) (?:year|country|name|one|body)\b|"
    r"(?:and|then|what about|how about|no|oops|sorry|i meant?(?: to (?:say|ask|type|write))?|right|"
    r"ok)\b)"
    r"[，,.!：:\s]*)+"
)
"""Opens a question that goes on from the one before, or corrects it."""
TAIL = re.compile(
    r"(?:[那这][边头儿]|方面)?(?:呢|怎么样|如何|又如何|怎么说)?"
    r"(?:[，,]? ?(?:同样的?问题|一样的?问题|(?:the )?same question))?"
    r"\s*[？?]?\s*$"
)
"""Ends one that says no more than what is new."""
CHANGES = re.compile(
    r"^(?:(?:先|暂时|咱们?)?(?:不|别|甭)(?:管|说|谈|聊|提|问|看)(?:[这那它][个些事家件]?|了)+|换[一个]*(?:话题|问题|件事)|"
    r"[这它那][个事件]*(?:先)?(?:放一?放|放一边|不说了|到此为止)|(?:另外?|说)(?:问)?[一个件]*(?:别的|另外)(?:事|问题)?|题外话|岔开一?下|"
    r"(?:(?:now )?(?:a|for a|to a) different (?:thing|matter|question|topic)|something else|"
    r"moving on|changing (?:the )?(?:subject|topic)|(?:on )?an(?:other)? (?:unrelated|different)"
    r" (?:question|matter|topic|subject)|different (?:question|topic|subject)|"
    r"(?:leaving|setting) (?:that|this|it) aside|never ?mind (?:that|this)|forget (?:that|this))\b)"
    r"[，,。.:：;；!！\s]+"
)
"""Turns to something that was not spoken of."""
CORRECTS = re.compile(
    r"错了|不对|不是|我[^，,]{0,4}(?:问的是|是说)|换成|改成|\b(?:sorry|i meant?)\b"
)
"""Takes back what was asked before."""
SAME = re.compile(
    r"(?:的?(?:看法|观点|立场|主张|意见|态度|说法|做法)[也都]?)?"
    r"(?:持|有|抱有?|表达|说|做)?过?(?:同样|一样|相同|类似|相似|这种|这样|同一)的?"
    r"(?:看法|观点|立场|主张|意见|态度|说法|做法|话|事)?|(?:这么|这样|那么|那样)(?:认为|主张|要求|支持|反对|[看说讲想做办干催盼求])|(?:都|全部|请|全)?列(?:出来?|举|一下)|"
    r"(?:同意|赞同|认同)(?=吗|么|不|[？?]|$)|"
    r"\b(?:agrees?|concurs?)(?: with (?:that|this|it|them))?\b|"
    r"\b(?:the )?same (?:two |three |few )?(?:details?|things?|figures?|questions?|q|facts?|data|"
    r"information)(?: for| about| on| from)?\b|"
    r"\b(?:(?:the )?(?:same|similar|likewise)(?: (?:view|thing|position|stance|opinion))?|"
    r"th(?:at|is) (?:view|position|stance|opinion))\b"
)
"""Means what was said before, asked again."""
FILLERS = re.compile(
    r"[也是有过吗呢这样么持抱]|和?都算上?|只要|一个|属于|活动|"
    r"\b(?:also|too|as well|who|does|do|is|are|say|says|so|takes?|holds?|shares?|of|"
    r"please|claims?|itself|themselves|for|it)\b"
)
"""Says nothing of what is asked about."""
PUNCTUATION = " ?？。.!！，,：:”“"


def without_lead(text: str) -> str:
    """Return a question without the words that tie it to the one before, such as "no, I meant"."""
    match = LEAD.match(normalise(text))
    return text[match.end() :] if match and len(normalise(text)) == len(text) else text
