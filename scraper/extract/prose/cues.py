"""The words that tell an event from any other date: what is held, that it is held then, and what a date is not."""

from __future__ import annotations

import re

from scraper.normalise.alternatives import grouped

from .nouns import ANY, OTHER, SURE

# What nearly every date of an event has: a number, a weekday or a month. Cheap, and most paragraphs have none; all
# begin with a digit or a capital, to which the search leaps, and the words in lower case are sought apart.
FIGURE = re.compile(r"\d(?:[./-]\d|(?:st|nd|rd|th)\b|\s?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|0\d\d\b)")
DIGIT = re.compile(r"\d")
NAMES = (
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May\b|June|July|August"
    r"|September|October|November|December|Christmas (?:Eve|Day)|Boxing Day|New Year[’']s|Bank [Hh]oliday"
    r"|Spring|Summer|Autumn|Winter"
    r"|Jan\.?\s\d|Feb\.?\s\d|Mar\.?\s\d|Apr\.?\s\d|Aug\.?\s\d|Sept?\.?\s\d|Oct\.?\s\d|Nov\.?\s\d|Dec\.?\s\d"
    r"|Ionawr|Chwefror|Mawrth|Ebrill|Mai\b|Mehefin|Gorffennaf|Awst|Medi\b|Hydref|Tachwedd|Rhagfyr"
)
DATED = re.compile(grouped(NAMES))
DATED_WORDS = ("tomorrow", " following day", "next week", "next month", "weekend", "bank holiday", " dydd ", " ddydd ")
# Against words in lower case, all of these. What may stand between a verb and its date: places, names and small words,
# but no further verb.
STOPS = (
    r"is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|who|that|which|because|if|when|but"
    r"|said|says|closes?|ends?"
)
STEPS = r"[\w’'&.+:/?!-]+){0,14}[,\s(]*\Z"
NEAR = rf"(?:[,\s()\"“”]+(?!(?:{STOPS})\b|[a-z]\w+ed\b){STEPS}"
# The same, and none of the verbs that say that something begins.
BEGINNING = r"opens?|starts?|begins?|runs?|returns?|continues|launches|goes"
NEXT_TO = rf"(?:[,\s()\"“”]+(?!(?:{STOPS}|{BEGINNING})\b|[a-z]\w+ed\b){STEPS}"
VERB = re.compile(rf"\b(?:{STOPS}|[a-z]\w+ed)\b")
# Verbs that say that something takes place.
HELD = re.compile(
    r"\b(?:(?:takes?|taking|took|taken) place|held|hosted|staged|convened|scheduled|arranged|planned|proposed"
    r"|set(?=\s(?:for|to)\b)|put off"
    r"|kicks? off|kicked off|gets? under ?way|got under ?way|rescheduled|postponed|moved|rearranged|put back"
    r"|performed|streamed(?: live)?|be run|go(?:es|ing)? ahead|called for|throw(?:s|ing)? open|open(?:s|ing)? its doors"
    r"|join (?:us|them|the team)|come along|attend|book (?:now|your (?:place|ticket)s?)|register(?: now)?"
    r"|gathered|turned out|flocked|lined the streets|save the date|premieres?|tours?"
    rf"|cynhelir|cynhaliwyd|gynhelir|gynnal|chynnal|ymunwch){NEAR}"
)
# These invite, or say it in Welsh, and need no noun beside them.
INVITES = re.compile(rf"\b(?:join us|come along|save the date|cynhelir|cynhaliwyd|gynhelir){NEAR}")
MET = re.compile(
    rf"\b(?:council|councillors|cabinet|committee|board|panel|society|trustees|assembly|members) met{NEAR}"
)
# Verbs that say so of an event, and of much else: an event must be their subject.
OPENS = re.compile(
    r"\b(?:returns?|returning|(?:is|are|was|were|will (?:now )?be|to be)(?=\s(?:on|from)\b)|opens?|opened|starts?"
    r"|started"
    rf"|begins?|began|comes|coming|came|lands|launches|gets going|(?:is|are|be) back|runs?|run|running|meets?|met"
    rf"|continues|follows?|celebrates|dychwelyd){NEAR}"
)
DOORS = re.compile(r"\b(?:doors|gates)(?: will)?\s?\Z")
# "Booking for the festival [opens]", "the second round [opens]": the subject of a verb is none that is held.
OTHER_SUBJECT = re.compile(
    rf"\b(?:{OTHER})(?:\swith [^,;]{{0,40}})?(?:\s(?:will|now|is|are|was|were|be|been|to|due|then|also|next|again"
    rf"|which|that|have|has|fully"
    r"|officially)){0,5}\s?\Z"
    rf"|\A\W{{0,3}}(?:and\s)?(?:[\w’'-]{{1,25}}\s){{0,3}}?(?:{OTHER})\s(?:for|to|of|on|in|at|due|by|with)\b"
    r"(?!.{0,200},\s(?:which|that)\s?\Z)"
)
PLACED = re.compile(
    r"\b(?:(?:takes?|taking|took|taken) place|(?:be|been|is|was|were|being) held|staged|be run|cynhelir|gynhelir"
    rf"|cynhaliwyd){NEAR}|\Aheld{NEAR}"
)
NAMED = re.compile(rf"\b(?:{SURE})(?:\s(?:19|20)\d\d)?{NEXT_TO}")
BESIDE = re.compile(rf"\b(?:{ANY})(?:\s(?:is|are|was|were|will be))?{NEXT_TO}")
# "The second, on 3 March, covers storage": of a series that the sentence before speaks of.
ORDINAL = re.compile(
    r"\A\W{0,3}(?:and )?the (?:first|second|third|fourth|fifth|final|last|next|other)(?: one)?,?"
    r"(?: (?:is|was|follows|will be|will follow))? (?:on|is)\s(?:the\s)?\Z"
)
# Who will be where; it may be an event.
BEING = re.compile(rf"(?:\bwill|[’']ll) (?:also |then )?be (?:back|at|in|exhibiting){NEXT_TO}")
HOLDS = re.compile(
    r"\b(?:council|councillors|cabinet|committee|board|panel|society|trustees)\s"
    r"(?:will\s(?:next\s)?(?:meet|consider|discuss|debate|decide)|meets)\b|\b(?:group|club|branch) (?:next )?meets\b"
    r"|\b(?:host(?:s|ed|ing)?|hold(?:s|ing)?|held|stag(?:es?|ed|ing)|organis(?:es?|ed|ing)|put(?:s|ting)? on"
    r"|lay(?:s|ing)? on|laid on|lead(?:s|ing)?|led|deliver(?:s|ed|ing)?|arrang(?:es?|ed|ing)|plan(?:s|ned|ning)?"
    r"|there (?:will be|is|are|was|were))\s"
    r"(?:(?:an?|the|its|their|our|another|two|three|four|free|this)\s[^.;:!?]{0,70}?|(?:[\w’'-]{1,25}\s){0,3}?)"
    rf"\b(?:{ANY})\b|\b(?:run(?:s|ning)?|ran)\s(?:(?:an?|its|their|our)\s)?(?:[\w’'-]{{1,25}}\s){{0,4}}?(?:{SURE})\b"
)
# "On 8 October, 200 pupils came to Rolls House for our Women in Engineering day."
WENT = re.compile(
    r"\b(?:came|joined (?:us|in|them|together)|welcomed|gathered|attended|visited|took (?:part|to)|turned out"
    r"|flocked|marched|pounded|packed|crossed|lined?"
    r"|treated|sang|performed|flew|travelled|walked|ran|rode|danced|enjoyed|braved|descended|competed"
    r"|(?:will|to) (?:join|gather|come|visit|compete|line|descend|flock|head|return))\b[^.;:!?]{0,90}?"
    r"\b(?:for|at|in|during|to(?=\s(?:the|an?|our|its|their|this)\b))\s(?:(?:the|an?|our|its|their|his|her|this)\s)?"
    rf"(?:[\w’'&-]{{1,25}}\s){{0,6}}?(?:{ANY})\b"
)
# "On 27 June the classic car show comes to the park"; "on Sunday 5 July as part of a national open day".
THEN = re.compile(
    rf"\A[^.;:!?]{{0,70}}?\b(?:{ANY})\s(?:[\w’'&-]{{1,25}}\s){{0,3}}?(?:(?:will|to) (?:be held|take place|return"
    rf"|open|start|begin|run)"
    r"|takes place|took place|comes|came|returns|opens|starts|begins|kicks off|gets under way|(?:is|was) held)\b"
    rf"|\A[^.;:!?]{{0,30}}?\bas part of\s[^.;:!?]{{0,70}}?\b(?:{SURE})\b"
)
# Who speaks or sings that day; what they do must be named as well.
PERFORMS = re.compile(
    rf"\b(?:speaks?|sings?|sang|perform(?:s|ed)?|presents?|headlines?|lectures?|talks?|discusses|spoke){NEAR}"
    r"|\b(?:will|to) (?:speak|give|deliver|sing|perform|present|headline|lecture|talk|discuss)\b[^.;!?]{0,120}\Z"
)
# "Date: 24/02/2026 Time: 10:00–17:00 Venue: Arden Hall"
LABEL = re.compile(r"(?:\A|\s)(?:dates?|when|day)\s?:\s{0,3}\Z", re.IGNORECASE)
NEXT_LABEL = re.compile(
    r"\b(?:next|future|further|forthcoming|upcoming|other) (?:meetings?|events?|sessions?)(?: dates?)?\s?:\s{0,3}\Z"
)
# Nothing but this between two dates makes them two of a kind.
ALIKE = re.compile(
    r"(?:[\s,;()]{1,4}(?:and|&|or|on|at|in|from|the|then|again|online"
    r"|[A-Z][\w’'-]{0,30})(?![\w’'-])){0,10}[\s,;()]{0,4}\Z"
)
# "agreed to [hold a fair]": what is held is not held that day.
AIM = re.compile(r"(?<!\bis )(?<!\bare )(?<!\bdue )(?<!\bset )\bto\s\Z")
PLACE_LABEL = re.compile(r"\b(?:venue|where|location|place)\s?:\s{0,3}(?=\S)", re.IGNORECASE)
INVITING = (
    r"join (?:us|them|the team)|come along|book (?:your|a|an|now|here|online|via|onto)|(?:book|reserve"
    r"|secure) (?:your |a )?(?:place|space|seat|ticket|slot)s?"
    r"|sign up|to register|register (?:for|to|now|here|your|online|via)|registration|tickets?|rsvp|doors open"
    r"|free entry|admission|all welcome|everyone is welcome|ymunwch"
)
# Against words in lower case too.
INVITED = re.compile(rf"\b(?:{INVITING})\b")
# One word at least of what every pattern here and the nouns need, plural or not: a sentence without any is not read.
# A set of words is asked far faster than the patterns.
LETTERS = re.compile(r"[^\W\d_]+")
CUE_WORDS = frozenset(
    "second third fourth fifth remembrance trade heats event conference symposium symposia seminar webinar"
    " workshop festival fayre faire fete fête exhibition expo summit agm meeting ceremony ceremonies concert gig"
    " showcase gala roadshow masterclass drop dropin hackathon regatta parade procession carnival rehearsal"
    " screening marathon triathlon duathlon inquiry inquiries service pantomime musical display firework bonfire"
    " funfair meetup meet ceilidh recital husting roundtable table vigil auction bootcamp tournament congress"
    " congresses colloquium pick fundraiser reunion picnic hack party parties morning night evening session course"
    " day weekend afternoon fair show market breakfast lunch luncheon dinner supper ball reception walk tour run"
    " ride lecture talk swim dash race sale boot hunt café cafe garden gymkhana jamboree drive swap sleep sleepout"
    " signing launch unveiling topping cutting laying inauguration commemoration flypast matinee matinée evensong"
    " pilgrimage sing singalong swimathon bike buyer demo match matches trial forum award competition performance"
    " premiere celebration opening panel convention rally rallies inquest hearing gathering series quiz quizzes"
    " tasting preview barbecue bbq outing trip final championship assembly assemblies q visit dance debate camp"
    " film opera demonstration protest game challenge play clean late lates place held hosted host hosts hosting"
    " hold holds holding staged stage stages staging meets met convened come join attend book register"
    " registration reserve ticket rsvp doors admission welcome welcomed venue save throw throws open opens runs"
    " speak speaks spoke give deliver sings sang perform performs performed presents headline discuss consider"
    " decide streamed gathered flocked visited marched came digwyddiad digwyddiadau ddigwyddiad ddigwyddiadau"
    " cynhadledd gynhadledd gweithdy gweithdai weithdy weithdai gŵyl ŵyl eisteddfod cyngerdd gyngerdd noson"
    " arddangosfa cyfarfod cyfarfodydd gyfarfod gyfarfodydd ffair sgwrs sgyrsiau darlith taith cinio ginio rali"
    " gwasanaeth oedfa sioe gorymdaith sesiwn diwrnod lansiad cwrs cynhelir gynhelir cynhaliwyd gynnal ymunwch"
    " dychwelyd chynnal marchnad farchnad conversation contest action week briefing funday openday sportday sportsday"
    " trainingday lunches semifinal colloquia hackday switch switches switching light lighting master masterclasses"
    " prize santa summer".split()
)
# A date for doing something by, or of something that is no event.
NOT_HELD = re.compile(
    r"\b(?:deadlines?|closing dates?|clos(?:e|es|ed|ing) (?:on|at|date|to)|appl(?:y|ications?) (?:by|before"
    r"|must|should|close|are)"
    r"|submi(?:t|ssions?|tted)|no later than|due by|expir(?:e|es|y|ed)|valid (?:until|from|to)|entries"
    r"|nominations?|early.?bird"
    r"|by (?:midnight|noon|\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the end)"
    r"|(?:posted|published|updated|modified|reviewed|printed|written)(?: on| by|:)|last updated|founded|established"
    r"|incorporated|born|died|passed away|retire[sd]?|built in|dat(?:es|ing) back|since|(?:financial|academic"
    r"|fiscal|school) year"
    r"|in(?:to)? force|effective from|copyright|©|cases|figures|statistics|data (?:from|to|for)|year to|years? ending"
    r"|week ending|as (?:of|at)|reported|announced (?:on|in|today)|sentenced|pleaded|arrested|charged"
    r"|convicted|killed|attack(?:s|ed)?|road ?works|resurfacing|(?:bin|waste|recycling|refuse) collections?"
    r"|dyddiad cau)\b"
)
# Hours and durations, which are no days.
CLOCK = r"\d{1,2}(?:[.:h]\d\d)?\s?(?:[ap]\.?m\b\.?|noon|o['’ ]?clock|uhr)"
HOUR = re.compile(
    rf"\b\d{{1,2}}(?:[.:h]\d\d)?\s?(?:[ap]\.?m\b\.?)?\s?(?:-|–|to|until|till|and)\s?{CLOCK}|\b{CLOCK}"
    r"|\b\d{1,2}[.:]\d\d\b(?![./]\d)|\b\d{1,2}h\b|\b(?:12 )?(?:noon|midnight|midday)\b"
    r"|\b\d{1,3}[\s-](?:minutes?|hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|dydd |nos |llun|mercher|iau\b|gwener|sadwrn|sul\b", re.IGNORECASE
)
MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|ionawr|chwefror|mawrth"
    r"|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)\b",
    re.IGNORECASE,
)
NO_DAY = re.compile(
    r"\A(?:today|tonight|yesterday|now|this (?:week|month|year|morning|afternoon|evening)|last (?:week|month"
    r"|year|night))(?:['’]s)?\Z",
    re.IGNORECASE,
)
MOVED_TO = re.compile(
    r"\b(?:postponed|moved|put back|put off|rescheduled|rearranged) (?:to|until|till)\s\Z", re.IGNORECASE
)
FORMER = re.compile(
    r"\b(?:was|were) (?:due )?to have (?:been held|taken place)(?: (?:on|from|at|in)\b[^.;\d]{0,40})?\s\Z"
    r"|\b(?:originally|previously|initially) (?:planned|scheduled|due|arranged|set|meant)"
    r"(?: to (?:take place|be held|go ahead))?(?: for| on| in)?\s\Z",
    re.IGNORECASE,
)
MOVED_FROM = re.compile(r"\b(?:postponed|moved|put back|rescheduled|rearranged) (?:from )?\Z", re.IGNORECASE)
OF_A_SURE_EVENT = re.compile(rf"\b(?:{SURE})\son\s(?:the\s)?\Z")
BACK = re.compile(
    r"\A\W{0,3}(?:it|this|these|they|the (?:day|evening|night|programme|activities|celebrations|doors|series|show"
    r"|event|exhibition|first|second"
    r"|third|fourth|final|last|next)|doors|gates|further meetings|others|taking place|running|held|registration"
    r"|admission"
    r"|entry|tickets|places|attendees|guests|visitors)\b",
    re.IGNORECASE,
)
TENTATIVE = re.compile(
    r"\b(?:proposed|provisional(?:ly)?|hoped|hop(?:es|ing) to|may be|might be|tbc|to be confirmed"
    r"|pencilled in|likely to|expected to|could be)\b"
)
CANCELLED = re.compile(
    r"\b(?:cancel(?:led|ed|s|ling|lation)|called off|will not (?:go ahead|take place|be held)"
    r"|no longer (?:going ahead|taking place))\b",
    re.IGNORECASE,
)
POSTPONED = re.compile(r"\b(?:postpon(?:e|ed|es|ing|ement)|put (?:back|off)|delayed (?:until|to))\b", re.IGNORECASE)
RESCHEDULED = re.compile(
    r"\b(?:re-?scheduled|re-?arranged|moved (?:to|from)|now (?:be|take place|taking place)|new date)\b",
    re.IGNORECASE,
)
