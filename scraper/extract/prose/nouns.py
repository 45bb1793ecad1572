"""The words for things that take place, and those for things that open, start and run but are no events."""

from __future__ import annotations

import re

from scraper.normalise.alternatives import grouped

# Things that take place and are little else.
SURE = (
    r"events?|conferences?|symposi(?:um|a)|seminars?|webinars?|workshops?|festivals?|fayres?|f[eê]tes?|exhibitions?"
    r"|expos?|summits?|agms?|annual general meetings?|public meetings?|ceremon(?:y|ies)|concerts?|gigs?|showcases?"
    r"|galas?"
    r"|roadshows?|master ?class(?:es)?|drop-?ins?|hackathons?|regattas?|parades?|processions?|carnivals?|rehearsals?"
    r"|screenings?|(?:half[- ])?marathons?|triathlons?|duathlons?|public inquir(?:y|ies)|acts? of remembrance"
    r"|(?:remembrance|memorial|thanksgiving|carol|civic|christingle|dedication) services?|pantomimes?|musicals?"
    r"|(?:fireworks?|air|light|flying) displays?|fireworks|bonfire night|fun ?fairs?|meet-?ups?|ceilidhs?"
    r"|prize-givings?"
    r"|recitals?|hustings|round ?tables?|vigils?|auctions?|bootcamps?|tournaments?|congress(?:es)?|colloqui(?:um|a)"
    r"|(?:dawn chorus|bird|nature|heritage|history|woodland|bat|wildlife|moonlit|circular) walks?|litter[- ]picks?"
    r"|(?:farmers[’']?|makers[’']?|artisan|producers[’']?|vintage|night) markets?|egg hunts?|treasure hunts?"
    r"|repair caf[eé]s?|open gardens|gymkhanas?|jamborees?|whist drives?|swap shops?|sleep-?outs?|book"
    r" (?:signings?|launch(?:es)?)|days? of (?:action|remembrance|prayer|celebration|activities)|unveilings?"
    r"|topping[- ]out|ribbon[- ]cutting|(?:sod|turf)[- ]cutting|wreath[-"
    r" ]laying|inauguration|commemorations?|flypasts?|matin[eé]es?|evensong|pilgrimages?|sing-?alongs?|swimathons?"
    r"|bike rides?|(?:comedy|film|bingo|jazz|poetry|open mic) (?:night|evening)s?|meet the buyer|demo days?"
    r"|ploughing match(?:es)?|sheepdog trials"
    r"|spring[- ]cleans?|clean-ups?|lates|fundraisers?|reunions?|picnics?|trade missions?|summer schools?|hack"
    r" ?days?|launch part(?:y|ies)"
    r"|(?:coffee|open|school|taster) mornings?|(?:quiz|career|awards?|open|opening|information|parents[’']?"
    r"|curry|race|q&a|preview) (?:night|evening)s?"
    r"|(?:training|drop-?in|information|taster|consultation|networking|engagement|briefing|cpd|question and answer"
    r"|q&a) (?:day|session|event|course)s?"
    r"|(?:open|fun|family|themed|sports?|careers?|taster|heritage|volunteer(?:ing)?|action|awareness"
    r"|discovery|study|information) (?:day|weekend|afternoon)s?"
    r"|(?:careers?|jobs?|book|craft|trade|county|agricultural|flower|christmas|summer|spring|winter|autumn|easter"
    r"|food|science"
    r"|freshers[’']?|apprenticeships?|wedding|street|tea|garden|work) (?:fair|show|market|party|parties)s?"
    r"|(?:networking|charity|annual|gala|awards?|business|christmas|prize-giving) (?:breakfast|lunch|luncheon|dinner"
    r"|supper|ball|reception)s?"
    r"|(?:guided|public|charity|sponsored|memorial|annual|inaugural) (?:walk|tour|run|ride|lecture|talk|swim)s?"
    r"|(?:switch(?:es|ing)?|light(?:s|ing)?)[- ]on|fun runs?|santa (?:dash|run)(?:es|s)?"
    r"|(?:raft|duck|boat|cycle|road) races?"
    r"|(?:car boot|jumble|table ?top|plant|book|bake|craft) sales?"
    r"|digwyddiad(?:au)?|ddigwyddiad(?:au)?|cynhadledd|gynhadledd|gweithdy|gweithdai|weithdy|weithdai|g?ŵyl|eisteddfod"
    r"|cyngerdd|gyngerdd|noson agored|arddangosfa"
)
# Things that may take place; these need a verb that says so.
PERHAPS = (
    r"meetings?|fairs?|forums?|awards|receptions?|contests?|breakfasts?|luncheons?|lunch(?:es)?|dinners?|briefings?"
    r"|suppers?|sessions?|lectures?|markets?|competitions?|part(?:y|ies)|performances?|premieres?|celebrations?"
    r"|(?:official|grand|royal) openings?|panels?|panel discussions?|convention|rall(?:y|ies)|inquests?|inquir(?:y"
    r"|ies)|hearings?|gatherings?|series|quiz(?:zes)?|tastings?|previews?|barbecues?|bbqs?|outings?|boat trips?"
    r"|heats|semi-?finals?|championships?|assembl(?:y|ies)|q&as?|a (?:special |short )?service(?= (?:on|at|in|of"
    r"|for)\b)|finals?(?=,|\s(?:of|on|at|in|held|staged|between|takes?|took|will)\b)"
    r"|(?:fun|open|training|sports?) ?days?|(?:church|evening|morning|special|christmas|family) services?"
    r"|cyfarfod(?:ydd)?|gyfarfod(?:ydd)?|ffair|sgyrsiau|sgwrs|darlith|noson|taith|marchnad|farchnad|cinio|ginio"
    r"|rali|gwasanaeth"
    r"|oedfa|sioe|gorymdaith|sesiwn|diwrnod agored|lansiad|cwrs"
)
# Nouns that are verbs as well: only after an article or the like, and no plural between ("the figures show").
ARTICLE = r"(?:the|an?|our|its|this|their|his|her|your|next|annual|free|\w{2,20}[’']s)"
ALSO_VERBS = (
    r"show|walk|tour|ride|talk|visit|launch|dance|race|swim|dash|match|debate|rally|camp|sale|display|ball|screening"
    r"|film|opera|trip|demonstration|protest|course(?! of)"
)
# These only with a word of their own as well: "the wonder run", not "the run".
OFTEN_ELSE = r"run|game|challenge|market"
NO_MODIFIER = (
    r"will|would|to|can|could|may|might|must|should|they|we|you|who|that|which|do|does|did|not|and|or|in|of|is|are"
)
MODIFIER = rf"(?!(?:{NO_MODIFIER})\b)[\w’'&-]{{0,24}}[^\Ws]\s"
AFTER_ARTICLE = rf"{ARTICLE}\s(?:(?:{MODIFIER}){{0,3}}(?:{ALSO_VERBS})|(?:{MODIFIER}){{1,3}}(?:{OFTEN_ELSE}))"
# "a family clay day", "our Green Skills day"; but not "the same day", "a full working day", "the first night".
NO_NAME_OF_A_DAY = (
    r"same|following|previous|next|first|second|third|last|other|whole|one|entire|full|long|new|final|closing|working"
    r"|calendar|school|bin|collection|polling|pay|results|half|single|early|late|very|busy|hot|sunny|wet|cold|day|that"
    r"|\w+day"
)
DAY_OF = (
    rf"(?:the|an?|our|its|this|their|annual)\s(?:(?!(?:{NO_NAME_OF_A_DAY})\b)[\w’'&-]{{1,25}}\s){{1,4}}"
    r"(?:days?|nights?|evenings?|weekends?|mornings?|afternoons?)(?!\s(?:of|before|after|when|that)\b)"
)
NOUN = rf"{SURE}|{PERHAPS}"
ANY = rf"{NOUN}|{DAY_OF}|{AFTER_ARTICLE}"
# Against words in lower case: five times as fast as ignoring case, and most sentences with a date end here.
EVENT = re.compile(rf"\b(?:{ANY})\b")
SURE_EVENT = re.compile(rf"\b(?:{grouped(SURE)})\b")

# What opens, starts, runs and even takes place without being an event.
OTHER = (
    r"bookings?|registrations?|entr(?:y|ies)|applications?|nominations?|submissions?|tickets?|consultations?|surveys?"
    r"|polls?|ballots?|voting|elections?|terms?|half[- ]term|semester|season|lessons?|classes|works?|roadworks"
    r"|resurfacing|construction|building|closures?|diversions?|collections?|maintenance|interviews?|trials?|hearings?"
    r"|sentencing|(?:ticket|general|advance) sales?|rounds?|funds?|grants?|funding|schemes?|offices?|roads?|car"
    r" parks?|surger(?:y|ies)|portal|app"
    r"|website|(?:booking|bus|train|rail|ferry|new|phone|online|our|the) services?|contracts?|windows?|offers?"
    r"|discounts?|strikes?|posts?|jobs?|roles?|employment|recruitment"
    r"|vaccinations?|rates?|charges?|fees?|prices?|orders?|deliver(?:y|ies)|period|pools?|gyms?|caf[eé]s?|shops?"
    r"|stores?|branch(?:es)?|schools?|colleges?|challenge|competition|programmes?|appeals?|reviews?|audits?|pilots?"
    r"|phases?|stages?|ymgynghoriad"
)
