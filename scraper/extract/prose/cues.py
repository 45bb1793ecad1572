"""The words that tell an event from any other date: what is held, that it is held then, and what a date is not."""

from __future__ import annotations

import re

from scraper.normalise.alternatives import grouped

# What nearly every date of an event has: a number, a weekday or a month. Cheap, and most paragraphs have none.
FIGURE = re.compile(r"\d")
DATED_WORDS = (
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May\b|June|July|August"
    r"|September|October|November|December|tomorrow|the following (?:day|week|month)|next (?:week|month)|weekend"
    r"|Christmas (?:Eve|Day)|Boxing Day|New Year[’']s|Bank [Hh]oliday|bank [Hh]oliday"
    r"|Spring|spring|Summer|summer|Autumn|autumn|Winter|winter"
    r"|dydd |Ionawr|Chwefror|Mawrth|Ebrill|Mai\b|Mehefin|Gorffennaf|Awst|Medi\b|Hydref|Tachwedd|Rhagfyr"
)
DATED = re.compile(grouped(DATED_WORDS))
# Things that take place and are little else.
SURE = (
    r"events?|conferences?|symposi(?:um|a)|seminars?|webinars?|workshops?|festivals?|fayres?|exhibitions?|expos?"
    r"|summits?|agms?|annual general meetings?|public meetings?|ceremon(?:y|ies)|concerts?|gigs?|showcases?|galas?"
    r"|roadshows?|master ?class(?:es)?|drop-?ins?|hackathons?|regattas?|parades?|processions?|carnivals?"
    r"|screenings?|(?:half[- ])?marathons?|triathlons?|public inquir(?:y|ies)|remembrance services?"
    r"|pantomimes?|musicals?"
    r"|(?:fireworks?|air|light|flying) displays?"
    r"|recitals?|hustings|round ?tables?|vigils?|auctions?|bootcamps?|tournaments?|congress(?:es)?"
    r"|(?:coffee|open|school|taster) mornings?|(?:quiz|career|awards?|open|opening|information|parents[’']?"
    r"|curry|race) (?:night|evening)s?"
    r"|(?:training|drop-?in|information|taster|consultation|networking|engagement|briefing"
    r"|question and answer|q&a) (?:day|session|event|course)s?"
    r"|(?:open|fun|family|themed|sports?|careers?|taster|heritage|volunteer(?:ing)?|action|awareness"
    r"|discovery) (?:day|weekend|afternoon)s?"
    r"|(?:careers?|jobs?|book|craft|trade|county|agricultural|flower|christmas|summer|spring|winter|autumn|easter|food|science"
    r"|freshers[’']?) (?:fair|show|market|party)s?"
    r"|(?:networking|charity|annual|gala|awards?|business|christmas) (?:breakfast|lunch|luncheon|dinner"
    r"|supper|ball|reception)s?"
    r"|(?:guided|public|charity|sponsored) (?:walk|tour|run|ride|lecture|talk)s?|(?:switch|light)(?:es"
    r"|ing)?[- ]?on|fun runs?"
    r"|digwyddiad(?:au)?|cynhadledd|gweithdy|gweithdai|gŵyl|eisteddfod|cyngerdd|noson agored"
)
# Things that may take place; these need a verb that says so.
PERHAPS = (
    r"meetings?|shows?|fairs?|forums?|awards?|receptions?|breakfasts?|luncheons?|lunch(?:es)?|dinners?"
    r"|suppers?|balls?"
    r"|sessions?|lectures?|talks?|tours?|walks?|runs?|races?|rides?|markets?|competitions?|match(?:es)?|games?"
    r"|part(?:y|ies)|performances?|premieres?|celebrations?|launch(?:es)?|openings?|panels?|debates?"
    r"|convention|rall(?:y|ies)"
    r"|camps?|inquests?|inquir(?:y|ies)|hearings?|visits?|consultations?|(?:fun|open|training|sports?) ?days?"
    r"|series|services?"
    r"|cyfarfod(?:ydd)?|ffair"
)
NOUN = rf"{SURE}|{PERHAPS}"
# Against words in lower case: five times as fast as ignoring case, and most sentences with a date end here.
EVENT = re.compile(rf"\b(?:{grouped(NOUN)})\b")
SURE_EVENT = re.compile(rf"\b(?:{grouped(SURE)})\b")

# What may stand between such a verb and the date: places, names and small words, but no further verb.
WITHIN = (
    r"(?:[,\s()]+(?:(?-i:[A-Z0-9À-Þ])[\w’'&.+:-]*|on|at|in|by|from|the|a|an|and|of|for|to|until|between|over"
    r"|during|again|back|online|virtually|via|daily|both"
    r"|next|this|now|here|there|live|next|every|early|late|mid|due|its|their|our|takes|place|annual|second|third|first"
    r"|last|each|full|week|month|hall|centre|hotel|park|war|memorial|village|town|community|church|school|college"
    r"|library|museum|theatre|square|council|cabinet|committee))"
    r"{0,14}[,\s(]*\Z"
)
HELD = re.compile(
    r"\b(?:(?:takes?|taking|took|taken) place|held|hosted|staged|convened|scheduled|arranged|planned|proposed|set"
    r"|returns?|returning|kicks? off|gets? under ?way|got under ?way|rescheduled|postponed|moved|rearranged"
    r"|put back"
    r"|join (?:us|them|the team)|come along|attend|book (?:now|your (?:place|ticket)s?)|register(?: now)?"
    r"|gathered|turned out|flocked|lined the streets|(?:is|are) on|save the date|opens?|starts?|begins?|runs?|running"
    r"|meets?|premieres?|tours?"
    r"|cynhelir|cynhaliwyd|gynhelir|ymunwch)" + WITHIN,
    re.IGNORECASE,
)
PLACED = re.compile(
    r"\b(?:(?:takes?|taking|took|taken) place|(?:be|been|is|was|were|being) held|\Aheld|cynhelir|gynhelir"
    r"|cynhaliwyd)" + WITHIN,
    re.IGNORECASE,
)
NAMED = re.compile(rf"\b(?:{SURE})(?:\s(?:19|20)\d\d)?" + WITHIN, re.IGNORECASE)
HOLDS = re.compile(
    r"\b(?:council|councillors|cabinet|committee|board|panel|society|trustees)\s"
    r"(?:will\s(?:next\s)?(?:meet|consider|discuss|debate|decide)|meets)\b"
    r"|\b(?:(?:will|is|are|was|were|has|have|to|be)\s){0,3}(?:host(?:s|ed|ing)?|hold(?:s|ing)?|held|stag(?:e"
    r"|es|ed|ing)"
    r"|organis(?:e|es|ed|ing)|put(?:s|ting)? on)"
    rf"\s(?:an?|the|its|their|our|another|two|three|four|free|this)\s[^.;:!?]{{0,70}}?\b(?:{NOUN})\b",
    re.IGNORECASE,
)
# "Date: 24/02/2026 Time: 10:00–17:00 Venue: Arden Hall"
LABEL = re.compile(r"(?:\A|\s)(?:dates?|when|day)\s?:\s{0,3}\Z", re.IGNORECASE)
PLACE_LABEL = re.compile(r"\b(?:venue|where|location|place)\s?:\s{0,3}(?=\S)", re.IGNORECASE)
OF_AN_EVENT = re.compile(
    rf"\b(?:{NOUN})\s(?:of [\w ]{{3,30}} )?(?:on|from|between|this|next)\s(?:the\s)?\Z", re.IGNORECASE
)
INVITING = (
    r"join (?:us|them|the team)|come along|book (?:your|a|an|now|here|online|via|onto)|(?:book|reserve"
    r"|secure) (?:your |a )?(?:place|space|seat|ticket|slot)s?"
    r"|sign up|to register|register (?:for|to|now|here|your|online|via)|registration|tickets?|rsvp|doors open"
    r"|free entry|admission|all welcome|everyone is welcome|ymunwch"
)
# Against words in lower case too.
INVITED = re.compile(rf"\b(?:{INVITING})\b")
# Against words in lower case after a space: any of what an event's sentence has at least one of.
CUES = (
    rf"{NOUN}|{INVITING}|place|held|hosted|meets|will (?:meet|consider|discuss|debate|decide)|venue"
    r"|cynhelir|gynhelir|cynhaliwyd"
)
CUE = re.compile(rf"\W(?:{grouped(CUES)})\b")
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
    r"|in(?:to)? force|effective from|copyright|©|cases|figures|statistics|data (?:from|to|for)|year to"
    r"|years? ending"
    r"|week ending|as (?:of|at)|reported|announced (?:on|in|today)|sentenced|pleaded|arrested|charged"
    r"|convicted|killed|attack(?:s|ed)?"
    r"|road ?works|resurfacing|(?:bin|waste|recycling|refuse) collections?"
    r"|dyddiad cau)\b",
    re.IGNORECASE,
)
NO_DAY = re.compile(
    r"\A(?:today|tonight|yesterday|now|this (?:week|month|year|morning|afternoon|evening)|last (?:week|month"
    r"|year|night))(?:['’]s)?\Z",
    re.IGNORECASE,
)
MOVED_TO = re.compile(r"\b(?:postponed|moved|put back|rescheduled|rearranged) (?:to|until|till)\s\Z", re.IGNORECASE)
FORMER = re.compile(
    r"\b(?:originally|previously|initially) (?:planned|scheduled|due|arranged|set|meant)"
    r"(?: to (?:take place|be held|go ahead))?(?: for| on| in)?\s\Z",
    re.IGNORECASE,
)
MOVED_FROM = re.compile(r"\b(?:postponed|moved|put back|rescheduled|rearranged) (?:from )?\Z", re.IGNORECASE)
OF_A_SURE_EVENT = re.compile(rf"\b(?:{SURE})\son\s(?:the\s)?\Z", re.IGNORECASE)
BACK = re.compile(
    r"\A\W{0,3}(?:it|this|these|they|the (?:day|evening|night|programme|activities|celebrations|doors|series)|doors"
    r"|registration|admission|entry|tickets|places|attendees|guests|visitors)\b",
    re.IGNORECASE,
)
TENTATIVE = re.compile(
    r"\b(?:proposed|provisional(?:ly)?|hoped|hop(?:es|ing) to|may be|might be|tbc|to be confirmed"
    r"|pencilled in|likely to|expected to|could be)\b",
    re.IGNORECASE,
)
CANCELLED = re.compile(
    r"\b(?:cancel(?:led|ed|s|ling|lation)|called off|will not (?:go ahead|take place|be held)"
    r"|no longer (?:going ahead|taking place))\b",
    re.IGNORECASE,
)
POSTPONED = re.compile(r"\b(?:postpon(?:e|ed|es|ing|ement)|put back|delayed (?:until|to))\b", re.IGNORECASE)
RESCHEDULED = re.compile(
    r"\b(?:re-?scheduled|re-?arranged|moved (?:to|from)|now (?:be held|take place|taking place)|new date)\b",
    re.IGNORECASE,
)
