"""What a label of several words is about: words that say it all, and words that only say what is done with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scraper.vocabulary.labels import LINKING, is_after, singular

LONGEST_COMPOUND = 6  # words; longer ones are sentences

# Nouns whose compounds are all of their kind: every "… history" is history, while a "… culture" may be yoghurt's.
# A noun stands for its plural too; one listed in the plural is of that kind in the plural only ("jobs", a "good job").
HEADS = frozenset(
    "accountancy accounting advertising aerospace agriculture airport allotment anatomy angling anthropology "
    "apprenticeship archaeology architecture arson art astronomy astrophysics athletics autism automotive aviation "
    "badminton ballet banking bankruptcy basketball bereavement bingo biochemistry biodiversity bioenergy biology "
    "biotechnology birdwatching botany bowls boxing brewing broadband broadcasting burglary bus business "
    "butterflies canals cancer canoeing career carnival casinos catering cathedral ceramics chaplaincy charity "
    "chemistry chess childcare childminding choir church cinema college comedy commerce computing conservation "
    "construction coronavirus counselling crafts cricket crime cryptocurrency cuisine cybersecurity cycling dance "
    "dancing darts debt decarbonisation dementia dentistry deprivation devolution diabetes dinosaurs disabilities "
    "disability discrimination disease divorce drama drought ecology ecommerce economics economy education election "
    "electricity electronics embroidery emissions employers employment energy engineering entrepreneurs "
    "entrepreneurship epidemiology equality ethics exams exporters exports extremism families farmers farming farms "
    "fashion festival film finance fintech firefighters fisheries fishing flooding floods food football forestry "
    "fostering fraud fundraising gambling gaming gardening genetics genomics geography geology golf gps graduation "
    "graffiti grants gymnastics health healthcare heritage highways hiking history hockey homelessness horticulture "
    "hospital hospitality hotel housing hydrogen illness immigration immunology infections inflation infrastructure "
    "injuries innovation insurance investment jazz jewellery jobs journalism journalists judo justice karate "
    "knitting lacrosse language law lawyers legislation leisure libraries linguistics literature litter logistics "
    "lottery magistrates manufacturers manufacturing marathon marketing mathematics maths medicine midwifery "
    "midwives mindfulness mortgages mosque motoring motorsport murder museum music musicians nanotechnology netball "
    "neurology neuroscience newspapers novels nursery nursing nutrition obesity obituaries oncology opera orchestra "
    "orienteering paediatrics pantomime parenthood parenting parking pathology pension pensioners pharmacies "
    "pharmacy philanthropy philosophy photography physics physiology physiotherapy playgrounds poetry police "
    "policing politics pollution poverty pregnancy prison privacy procurement productivity psychiatry psychology "
    "pub publishing radio rail railway recipe recruitment recycling refugees regeneration regulations religion "
    "renewables research restaurant retail retailers retrofit rights roads roadworks robotics rowing rugby running "
    "sailing sanitation scholarships school science sciences sculpture semiconductors sewing shipbuilding shopping "
    "shops singing skateboarding skiing skills snooker soccer sociology software solicitors songs sport squash "
    "statues students surgery sustainability swimming tax taxation taxis teachers teaching technology telecoms "
    "tennis terrorism textiles theatre theology therapy tourism toys transport trees triathlon tuition unemployment "
    "unions university vaccination vaccine veterans vets violence volleyball volunteering volunteers wages walking "
    "walks warehousing weather wedding welfare wellbeing wellness wildlife wine woodland wrestling yoga zoology".split()
)
# Nouns at the end of a label that say what is done or offered, not with what: "Bus reform", "Tennis league".
PLAIN = frozenset(
    "access action activity administration advice adviser agency agenda agreement aid alert alliance ambassador "
    "ambition announcement app appeal applicant application appointment approach arrangement assistance association "
    "authority availability award awareness ban basics benefit bid board body boost briefing budget bulletin bureau "
    "calendar call campaign capacity celebration centre challenge champion charter choice circle class clinic "
    "closure club cluster coach coaching code collaboration collection commission commissioner commitment committee "
    "community competition competitiveness conference connection consent consultation contract control convention "
    "coordination corner corporation cost council course coverage crackdown cup data date day deadline deal "
    "decision declaration degree delivery department design desk developer development diary directorate directory "
    "discovery discussion display division duty edition enforcement engagement enquiry enthusiast entitlement "
    "equipment evening event evidence exchange exhibition expansion experience expert explorer extension facility "
    "fact faculty fair family fan fellowship fest festival field file first fixture focus forecast forum foundation "
    "framework franchise franchising friend fund funding future gala gallery goal governance group grower growth "
    "guidance guide guideline hall help hero highlight hub idea impact improvement incident information "
    "infrastructure initiative innovation inquiry insight inspection inspector institute institution instructor "
    "intervention investment involvement journey knowledge lab laboratory laureate leader leadership league "
    "learning lecture lesson level licence license licensing link list listing literacy living machinery "
    "maintenance maker management manager manifesto map market masterclass match matter measure meeting member "
    "membership mission modernisation monitoring month movement need negotiation network notebook notice offer "
    "offering office officer opening operation operator opportunity option order organisation organiser outcome "
    "outlet outlook outreach overview owner panel participation partner partnership patient patrol people "
    "performance permission permit petition pilot pioneer place plan planner planning platform player pledge policy "
    "portal practice practitioner premises preparation preparedness prevention price pricing priority prize process "
    "producer product production professional professor program programme progress promotion proposal prospectus "
    "protection provider provision purchase qualification question ranking rate rating readiness rebate recovery "
    "reduction referral reform refurbishment registration relief reorganisation repair report reporting request "
    "requirement resident resilience resource response restriction result review roadmap role rollout rota route "
    "rule safety sanctuary scene scheme season security selection series session shortage show showcase site "
    "society solution specialist spending squad staff stakeholder standard station statistic status strand strategy "
    "study subject subsidy success summit supplier supply survey symposium system talk target task taskforce team "
    "tender test theme time timetable tip tool toolkit topic tour tournament trade tradesman trail trainer training "
    "transaction transformation transition trend trial trip trophy trust tutor unit update upgrade usage use user "
    "vacancy venue victim vision voice warden warning week weekend winner worker workforce working workshop world "
    "year zone".split()
)
# Labels whose compounds with a plain noun are seldom about them: "Party leaders", "Race results", "House sale".
UNSURE = frozenset(
    "adventure bar bats beat board building cabinet capital celebration centre charge chips cloud club column comic "
    "communication communications company crash creative customer english experiences fame fantasy fish foundations "
    "free fusion game games god green hardware heart hedge house houses industrial king label labour leadership "
    "life living local love luxury management market markets master media memorial mobile model module office "
    "offices open park party people place play polo pool pop port power president press pride products queen race "
    "recognition record records rent representation resilience rock roma roman royal screen sectors security send "
    "ship ships singles soap soul square staff stage stations stock stocks strike style talent taste tasting things "
    "trade treasure trial values venue watch watches welsh wind work working world".split()
)
PREPOSITIONS = frozenset("about across against around at for from in into of on through to with".split())
LINKS = LINKING | PREPOSITIONS | {"a", "an"}
# Nouns before a preposition that only say who or what deals with the rest: "School of Law", "Living with cancer".
HOLDERS = PLAIN | frozenset("adults academy college everyone living month school support those working".split())
ADDRESSED = frozenset("for information events news resources updates".split())  # "Information for students"


def find_cores(folded: str) -> Iterator[str]:
    """Yield what a short compound may be about, the surest first.

    That is what it ends with, if more than one word or one of `HEADS` ("Roman history", "Home fire safety"), then the
    same without the plain nouns at its end, which may be all before them ("Bus reform").
    """
    words = folded.split(" ")
    if not 1 < len(words) <= LONGEST_COMPOUND:
        return
    for end in range(len(words), 0, -1):
        for start in range(end == len(words), end):
            if _is_core(words, start, end):
                yield " ".join(words[start:end])
        if not is_plain(words[end - 1]):
            return


def _is_core(words: Sequence[str], start: int, end: int) -> bool:
    if "and" in words[:start] or not LINKS.isdisjoint((words[start], words[end - 1])):
        return False  # the second of two things, of which the first is not known, or half of both
    if end - start > 1:
        return True
    return is_sure(words[0]) if start == 0 else is_head(words[start])


def is_head(word: str) -> bool:
    """Tell whether a noun at the end of a compound says what all such compounds are about."""
    return word in HEADS or singular(word) in HEADS


def is_plain(word: str) -> bool:
    """Tell whether a noun at the end of a compound says nothing of what it is about."""
    return word in PLAIN or singular(word) in PLAIN or is_after(word)


def is_sure(folded: str) -> bool:
    """Tell whether a known label means the same with an unknown word beside it."""
    return folded not in UNSURE


def is_addressed(folded: str) -> bool:
    """Tell whether a label names the readers it is for, not a topic: "For students", "Information for patients"."""
    words = folded.split(" ")
    return len(words) > 1 and "for" in words[:2] and words[0] in ADDRESSED


def split_preposition(folded: str) -> tuple[str, str] | None:
    """Return what stands before and after the first preposition of a short label; None when there is none."""
    words = folded.split(" ")
    at = next((n for n, word in enumerate(words) if word in PREPOSITIONS), 0)
    if not 0 < at < len(words) - 1 or len(words) > LONGEST_COMPOUND + 2:
        return None
    return " ".join(words[:at]), " ".join(_without_article(words[at + 1 :]))


def is_holder(folded: str) -> bool:
    """Tell whether what stands before a preposition leaves the topic to what comes after it."""
    return all(word in HOLDERS or singular(word) in HOLDERS or is_after(word) for word in folded.split(" "))


def _without_article(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words
