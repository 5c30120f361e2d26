"""How questions are put: the words that say what is asked for, in normalised text.

Patterns are read on ``index.text.normalise``d questions: simplified script, lower case. They know
the grammar of questions only; what the report is about is in its catalogue and its notes.
"""

import re

NUMBER = re.compile(r"\d+(?:\.\d+)?")
YES_NO = re.compile(
    r"是否|有没有|有无|能否|可否|([^\W\d_])[不没]\1|[过了入准署到](?:[^，。？]{0,12})没有?\s*[？?]?$|(?:吗|(?<![什怎那这多要])么)\s*[？?]?\s*$|"
    r"^(?:did|does|do|is|are|was|were|has|have|had|can|will)\b"
)

_MANY = (
    r"(?:哪一?些|哪[两三四五六七八九十]个?(?=国|家|份)|哪几个|哪几家|哪几份|哪几|有?多少个?|有?多少份|"
    r"有?几个|几家|几份|有?多少家)"
)
_VOICE = (
    r"(?:会员国|国家和(?:国际)?组织|国家或(?:国际)?组织|国家|国(?![际内])|政府|答复方|答复者|"
    r"答复|答覆者|回复方|回复|"
    r"国际组织|区域组织|组织|机构|方(?![面法式案])|家(?=提|说|讲|表|主|支|参|签|批|在))"
)
_VOICE_EN = (
    r"(?:other |individual )?(?:countries|governments|(?:member )?states|respondents|"
    r"(?:international |regional )?organi[sz]ations|replies|entities|parties|bodies|ones)"
)
SURVEY = re.compile(
    rf"(?:^|[，,。：:；？、外中里面内上来都还有另请问说明出计总共他在被由])\s*{_MANY}(?:的)"
    rf"?{_VOICE}|{_MANY}家(?=提|说|讲|表|主|支|参|签|批|谈)|"
    rf"(?<![由被向和与给对把属于])谁(?![家更])|(?:是|剩下?|有)哪(?:些|几)(?:个|家|国)"
    rf"?\s*[？?。]?$|哪几个(?=[讲提说谈支反批签加参主])|"
    rf"(?:列出|列举|列一下|全部列)(?=[^，。]{{0,30}}(?:国家|政府|组织|答复|答覆|答复方))|(?:答复|"
    rf"国家|组织|政府)(?:全部|都|统统)?(?:列出|列一下)|"
    rf"(?:^|[,;:] ?)(?:and )?(?:which|what|how many|list)(?: of)?(?: the| all)*(?: \d+)"
    rf"? {_VOICE_EN}\b(?! (?:do|does|did)\b(?! not|n't))|"
    rf"(?:^|, ?)who\b(?! did| do| does| has| was)|"
    rf"(?:(?<![向对请使促让给])各国|各方|各答复方|所有(?:国家|政府|组织|答复方|答复者|答复)|"
    rf"全部(?:国家|组织|答复方|答复)|每个(?:国家|组织|答复方))|"
    rf"\b(?:all|each|every) (?:of the )?(?:\d+ )?(?:{_VOICE_EN}|country|government|respondent|"
    rf"organi[sz]ation)\b"
)
WHICH_REPLIES = re.compile(
    r"(?:哪些|哪几[份家个]|几[份家])(?:答复|答覆|回复|回覆|来文)(?:方|者)?|"
    r"\b(?:which|how many|whose)(?: of the| other)?(?: \d+)? (?:replies|respondents|submissions|"
    r"contributors)\b|"
    r"^who (?:says?|claims?|reports?) (?:that )?(?:they|it|to|being)\b"
)
"""Asks several for what they say by calling them those who replied."""
WHICH_MANY = re.compile(r"哪[些几]|谁|几[家国个份]|\b(?:which|who|how many)\b")
ONE = re.compile(
    r"(?:^|[，,。：:])\s*(?:是|请问|到底)?(?:谁|哪一?[国家]|哪一?个(?:国家|组织|政府|机构|答复方))|"
    r"^\s*(?:who|which (?:country|state|government|organi[sz]ation|body|agency|respondent))\b"
)
"""Asks for one respondent, or for the one of whom something is true."""
_TELL = (
    r"(?:mention|refer|discuss|address|speak|talk|bring|touch|cite|name|raise|"
    r"say (?:anything|a word))"
)
SILENT = re.compile(
    r"(?:(?<!有)没有|(?<!有)没|未曾?|并未|从未|从不|不曾)(?:在答复中|在回复中|明确|直接|具体|专门)?"
    r"(?:提到|提及|谈到|谈及|涉及|说到|说明|述及|论及|触及|提过|谈过|讲过|说过|表态|提|讲到|讲|谈|出现|"
    r"写到|写进|点名|说起|回应|使?用[过到]?(?=[“\"「『这那该]))|(?:只字|一字|一句|半句)(?:未|没|不)提?|沉默|避而不谈|绝口不提|不提及?|"
    rf"silent|(?:(?:do|does|did) not|don't|doesn't|didn't|never|nowhere)(?: even| once)? {_TELL}|"
    r"(?:看|找|查|翻)不(?:到|见)|连[^，。？]{1,12}都(?:没有?|不)|\bunmentioned\b|"
    r"without (?:any |ever |once |even )?(?:mention|reference|referring|citing|naming)|"
    r"(?:say|mention)s? nothing(?: at all)?(?: about| of| on)?|"
    r"(?:fail|omit|neglect)(?:s|ed)? to mention|"
    r"(?:makes?|made|with|contains?) no (?:mention|reference)"
)
EXCEPT_EN = re.compile(
    r"\b(?:except|besides|other than|apart from|excluding|instead of|rather than|"
    r"not (?:counting|including)|with the exception of|disregard(?:ing)?|ignor(?:e|ing)|"
    r"(?:leav(?:e|ing)|setting) (?:out|aside))(?: for)? "
)
IGNORED_EN = re.compile(
    r"\b(?:organi[sz]ations|governments|countries|states) (?:can|may|should|need|do|are)"
    r"(?: not| n't)?(?: to)?(?: be)? (?:ignored?|left out|skipped|disregarded|excluded|needed|"
    r"wanted|counted?|matter)\b"
)
KIND_EN = re.compile(
    r"(?:the )?(?:[a-z]+ ){0,2}?(?:organi[sz]ations|governments|countries|states)\b"
)
ASIDE = re.compile(
    r"(?:自己|本身)?(?:的?(?:答复|答覆)|那(?:份|家|边))?(?:先|就|都)?"
    r"(?:以外|之外|除外|不算|不计|不提|不说|不管|不看|(?:不用|不必|别|不要|无需|不)[列算看管提]了?)|"
    r"(?:'s)?,? (?:aside|out of (?:it|this)|left out|excluded|excepted)\b"
)
EXCEPT = re.compile(
    r"除[了去]?(?P<zh>[^，,。？?]{1,60}?)"
    r"(?:以外|之外|外|(?=[，,] ?(?:还|也|另|其他|其余|别的|剩|哪|谁|有))|"
    r"(?=[，,][^，,。？?]{1,24}(?:还有|别[的国家人]|其[他它]|另有)))|"
    r"(?:国际组织|组织|各国政府|政府|国家)的?(?:除外|不算|不计|不用[管看列]|别[管看列]|不[管看])|"
    r"(?<!算)不(?:算|含|包括|计)(?P<zh2>[^，,。？?]{1,30})"
)
JOINED = re.compile(
    r"\W*(?:和|与|跟|同|及|以及|还有|还是|或|或者|对|相比|,? ?and|or|versus|vs\.?|with|to)?\W*"
    r"(?:the )?\W*"
)
"""What stands between names in one breath."""
PAGE = re.compile(r"第?几页|哪一?页|页码|页数|多少页|\bpages?\b")
SECTION = re.compile(
    r"第?几(?:节|章|部分)|哪一?个?(?:节|章|部分)|"
    r"\b(?:which|what) (?:section|part|chapter|heading)\b"
)
EARLIER_OR_LATER = re.compile(
    r"[早晚迟]|先后|(?:谁|哪一?[家个国份方边])先|\b(?:earlier|later|earliest|latest)\b"
)
SAME_DAY = re.compile(
    r"同一天|同日|同一日|(?:日期|日子)[^，。？]{0,4}(?:相同|一样|一模一样)|"
    r"(?:相同|一样)的?日期|\bsame (?:day|date)\b"
)
ORIGINAL = re.compile(
    r"原件|底稿|语种|哪国(?:文字|语言|话)|原始语|什么语|哪种语|何种语|哪些语|几种语|什么文字|哪种文字|何种文字|什么文(?:字)"
    r"?(?=[写撰提答回作交？?，,。]|$)|原文是什么|语文|语言|"
    r"[西英俄法阿中][一-鿿]{0,4}[文语](?:来)?(?:提交|写|撰写|答复|答覆|回复|作答|作出|递交|交|"
    r"答|的)|"
    r"\b(?:what|which) tongue\b|original(?:ly)? (?:language|written|submitted|in\b)|\blanguages?\b|"
    r"原文(?:也|都|是不)?是(?:什|哪|何|[西英俄法阿中]\S{0,4}[文语])|"
    r"(?:written|submitted|drafted|replied|reply|replies|originals?|answered|respond(?:ed)?)"
    r"[^?]{0,40} in "
    r"(?:english|spanish|russian|arabic|french|chinese)"
)
REPLY = re.compile(
    r"落款|[那这哪一]篇?稿子|文稿|"
    r"\b(?:text|paper|submission)s?\b(?= (?:dated|come|came|bear|sent|drafted|written))|"
    r"答复|答覆|回复|回覆|复函|来文|(?<=的)材料(?=从|在|占|恰好|正好|落)|[先后早晚]回的|作答|答得|复文|(?<![提递送移])交(?:的|上来|过来)|"
    r"\brepl(?:y|ies|ied)\b|\brespond(?:ed)?\b|\bresponses?\b|\banswer(?:s|ed)?\b"
)
_NO_OTHER = (
    r"(?! (?!repl|respon|submi|answer|to\b|of\b|and\b|or\b|in\b|on\b|by\b|from\b|date|countr|"
    r"govern|organi|bod(?:y|ies)|state|received|among|one\b)[a-z]+)"
)
"""Stands before no thing that is no reply: not in "last summit"."""
FIRST = re.compile(
    rf"最早|最先|第一个|第一份|头一[个份家]|率先|首先|首个|首份|\b(?:earliest|first)\b{_NO_OTHER}"
)
LAST = re.compile(
    rf"最晚|最迟|垫底|压尾|殿后|动作最慢|拖到最后|最后(?!一?[次届场批轮])|最新|末一[个份]|"
    rf"\b(?:latest|last|most recent)\b{_NO_OTHER}"
)
BEFORE = re.compile(r"(?:以前|之前|前(?!后)|早于|before|prior to|earlier than)")
AFTER = re.compile(r"(?:以后|之后|(?<!最)后(?!来)|晚于|after|later than|since)")

DATED = re.compile(r"日期|落款|\bdate[sd]?\b")

EACH = re.compile(
    r"各(?:自|走|怎|如何|是|有|在|说|谈|对|持|做|提|到|给|出|花|拿|办|签|算)|分别|\b(?:each|respectively)\b"
)
"""Asks something of every one of those named."""

SUM = re.compile(
    r"合计|总计|共计|相加|总共|一共|加起来|总和|合起来|之和|总额|总数|total|altogether|sum|"
    r"combined|in all"
)
DIFFERENCE = re.compile(
    r"相差|差了?多少|[多少大小高低]了?出?多少|差额|之差|高出|多出|超出|差距|difference|exceed|"
    r"how much (?:more|less|larger|smaller|higher|lower)|more than in"
)

SCAFFOLD = re.compile(
    r"请问|请|告诉我|究竟|到底|觉得|看来|算不算|够不够|是怎么回事|怎么回事|说说|介绍一?下?|"
    r"谈谈|查一下|我想知道|想了解|根据|按照|依据|在?(?:本|这份|该|这)?报告(?:中|里|内)?|"
    r"(?:在)?(?:其|它|他们|它们)?的?(?:答复|回复|答覆)(?:中|里|内)?(?:是|说|称)?|"
    r"是否|有没有|是不是|有无|能否|什么时候|什么时间|何时|哪一?天|哪一?年|哪个?月|几月几日|"
    r"几月|几号|几时|"
    r"多少(?:[个项次名份种国年台条届位家类]|人|钱)?|几(?=[个项次名份种国年台条届位家类])"
    r"[个项次名份种国年台条届位家类]|"
    r"为什么|为何|干[啥嘛什]么?|啥|咋样?|搞过?|弄过?|整过|给出了?|提出了?|怎么样|(?:怎么|怎样|如何)看待?|怎么|怎样|如何|什么|哪里|何地|何处|哪些|哪几[个项种]?|哪个|哪种|"
    r"哪[家国座]?|谁|"
    r"吗|呢|么|吧|啊|都|还|一共|总共|共(?=有)|分别|各自|有哪|是哪|认为|表示|指出|提到|提及|"
    r"谈到|谈及|说明|强调|"
    r"具体|主要|关于|对于|有关|方面|情况|问题|内容|怎么看|看法|态度|立场|"
    r"\b(?:exact(?:ly)?|precise|verbatim|word for word|wording|(?<=exact )words|quot(?:e|ing)|"
    r"please|(?:tell|give|show) me|according to|the report|report|reply|replies|say|says|said|"
    r"mention(?:s|ed)?|"
    r"state[sd]?|views?|viewed|regards?|regarded|thinks?|position|stance|opinion|"
    r"about|regarding|concerning|how many|how much|which|what|when|where|who|whom|"
    r"why|how|"
    r"did|does|do|is|are|was|were|has|have|had|any|there|country|countries|respondents?|"
    r"organi[sz]ations?|"
    r"governments?|number)\b"
)

MENTION = re.compile(
    r"提到|提及|提过|提(?![供出高案交升请倡议取前及])|谈到|谈及|述及|涉及|说到|讲到|出现|引用|"
    r"援引|点[过了]?名|点到|写到|说起|露过?[面脸]|"
    r"\b(?:feature|appear|crop up|come up|turn up|show up)s?\b|"
    r"\bmention(?:s|ed|ing)?\b|\brefer(?:s|red|ring)?(?: to)?\b|\bcit(?:e|es|ed|ing)\b|"
    r"\bname[sd]?\b|"
    r"\bspeak(?:s|ing)? of\b|\btalk(?:s|ed|ing)? about\b|\bdiscuss(?:es|ed)?\b|\baddress(?:es|"
    r"ed)?\b"
)
SURVEY_WORDS = re.compile(
    r"(?:只|仅|光|单)[看说问限]|仅限于?|别处|别的地方|"
    r"\d+ ?个?(?:国|份|家)|声明|表明|宣布|承诺|明确|答复方|答复者|答复|回复|国家|政府|组织|"
    r"机构|自己|称|说|过|曾经?|在|中|里|和|与|及|或者?|的|了|其|对|自始至终|从头到尾|完全|压根|根本|"
    r"\b(?:itself|themselves|anywhere|anything|at all|ever|even|explicitly|expressly|directly|"
    r"once|by name)\b|"
    r"\b(?:declare[sd]?|they|do|not|have|has|that|or|and|the|a|an|of|to|in|on|its|their|own|"
    r"having|been|being|say|says)\b|[，。、？！；：,.?!;:()（）“”\"'《》]"
)

QUOTED = re.compile(r"[“\"「『]([^”\"」』]+)[”\"」』]")
ASKS = re.compile(
    r"谁|什么|何|哪|多少|几(?=[个项次名份种国年台条届位家类])|怎么|怎样|为啥|"
    r"\b(?:who|what|when|where|which|why|how)\b"
)
