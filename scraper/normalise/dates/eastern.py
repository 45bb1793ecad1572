"""Date words of the languages of central and eastern Europe, Turkish, Urdu and Arabic."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.words import Words

EASTERN: Final[dict[str, Words]] = {
    "pl": Words(
        months=(
            "stycznia styczeń styczniu sty/lutego luty lutym lut/marca marzec marcu mar/kwietnia kwiecień kwietniu "
            "kwi/maja maj maju/czerwca czerwiec czerwcu cze/lipca lipiec lipcu lip/sierpnia sierpień sierpniu sier/"
            "września wrzesień wrześniu wrz/października październik październiku paź/listopada listopad listopadzie "
            "lis/grudnia grudzień grudniu gru"
        ),
        weekdays=(
            "poniedziałek poniedziałku/wtorek wtorku/środa środę środy/czwartek czwartku/piątek piątku/sobota sobotę "
            "soboty/niedziela niedzielę niedzieli"
        ),
        short="pon pn/wt/śr/czw cz/pt/sob/niedz nd",
        range="do",
        list="i oraz lub",
        from_="od",
        until="do",
        today="dzisiaj dziś/wczoraj/jutro/przedwczoraj/pojutrze",
        units=(
            "minuta minuty minut/godzina godziny godzin/dzień dni/tydzień tygodnie tygodni tygodniu/miesiąc miesiące "
            "miesięcy miesiącu/rok lata lat roku"
        ),
        ago="temu",
        before="przed",
        parts="początku początek/połowie połowa/koniec końcu końca",
        sides="przyszły przyszłym przyszłego następny następnym/zeszły zeszłym ubiegły ubiegłym ubiegłego poprzednim",
        clock="godz godzina godzinie o",
        seasons="wiosna wiosną wiosny/lato latem lata/jesień jesienią jesieni/zima zimą zimy",
    ),
    "cs": Words(
        months=(
            "ledna leden led/února únor úno/března březen bře/dubna duben dub/května květen kvě/června červen čvn/"
            "července červenec čvc/srpna srpen srp/září zář/října říjen říj/listopadu listopad lis/prosince prosinec"
        ),
        weekdays="pondělí/úterý/středa/čtvrtek/pátek/sobota/neděle",
        short="po/út/st/čt/pá/so/ne",
        range="až do",
        list="a",
        from_="od",
        until="do",
        today="dnes/včera/zítra",
        units="minuta minutami/hodina hodinami/den dny dní/týden týdny/měsíc měsíci/rok roky lety",
        ago="před",
        clock="v",
    ),
    "sk": Words(
        months=(
            "januára január/februára február/marca marec/apríla apríl/mája máj/júna jún/júla júl/augusta august/"
            "septembra september/októbra október okt/novembra november/decembra december"
        ),
        weekdays="pondelok/utorok/streda/štvrtok/piatok/sobota/nedeľa",
    ),
    "hu": Words(
        months=(
            "január jan/február febr feb/március márc már/április ápr/május máj/június jún/július júl/augusztus aug/"
            "szeptember szept/október okt/november nov/december dec"
        ),
        weekdays="hétfő/kedd/szerda/csütörtök/péntek/szombat/vasárnap",
    ),
    "ro": Words(
        months=(
            "ianuarie ian/februarie feb/martie mar/aprilie apr/mai/iunie iun/iulie iul/august aug/septembrie sept "
            "sep/octombrie oct/noiembrie noi nov/decembrie dec"
        ),
        weekdays="luni/marți/miercuri/joi/vineri/sâmbătă/duminică",
        short="lun/mar/mie/joi/vin/sâm/dum",
        range="până",
        list="și",
        from_="din",
        of="anului",
        until="până",
        today="azi astăzi/ieri/mâine",
        units="minut minute/oră ore/zi zile/săptămână săptămâna săptămâni/lună luna luni/an anul ani",
        ago="acum",
        before="înainte",
        parts="începutul/mijlocul/sfârșitul",
        sides="viitor viitoare/trecut trecută",
        clock="ora",
        seasons="primăvara/vara/toamna/iarna",
    ),
    "el": Words(
        months=(
            "ιανουαρίου ιανουάριος ιαν/φεβρουαρίου φεβρουάριος φεβ/μαρτίου μάρτιος μαρ/απριλίου απρίλιος απρ/μαΐου "
            "μάιος μαϊ/ιουνίου ιούνιος ιουν/ιουλίου ιούλιος ιουλ/αυγούστου αύγουστος αυγ/σεπτεμβρίου σεπτέμβριος σεπ "
            "σεπτ/οκτωβρίου οκτώβριος οκτ/νοεμβρίου νοέμβριος νοε/δεκεμβρίου δεκέμβριος δεκ"
        ),
        weekdays="δευτέρα/τρίτη/τετάρτη/πέμπτη/παρασκευή/σάββατο/κυριακή",
        range="έως μέχρι",
        list="και",
    ),
    "tr": Words(
        months=(
            "ocak oca/şubat şub/mart mar/nisan nis/mayıs may/haziran haz/temmuz tem/ağustos ağu/eylül eyl/ekim eki/"
            "kasım kas/aralık ara"
        ),
        weekdays="pazartesi/salı/çarşamba/perşembe/cuma/cumartesi/pazar",
        list="ve",
        today="bugün/dün/yarın",
        units="dakika/saat/gün/hafta/ay/yıl",
        ago="önce",
        clock="saat",
    ),
    "ru": Words(
        months=(
            "января январь янв/февраля февраль фев/марта март мар/апреля апрель апр/мая май/июня июнь июн/июля июль "
            "июл/августа август авг/сентября сентябрь сент сен/октября октябрь окт/ноября ноябрь ноя/декабря декабрь "
            "дек"
        ),
        weekdays="понедельник/вторник/среда среду/четверг/пятница пятницу/суббота субботу/воскресенье",
        short="пн/вт/ср/чт/пт/сб/вс",
        range="по",
        list="и",
        from_="с со",
        until="до",
        today="сегодня/вчера/завтра",
        units=(
            "минута минуты минут/час часа часов/день дня дней/неделя неделю недели недель/месяц месяца месяцев/год "
            "года лет"
        ),
        ago="назад",
        clock="в",
    ),
    "uk": Words(
        months=(
            "січня січень січ/лютого лютий лют/березня березень бер/квітня квітень квіт/травня травень трав/червня "
            "червень черв/липня липень лип/серпня серпень серп/вересня вересень вер/жовтня жовтень жовт/листопада "
            "листопад лист/грудня грудень груд"
        ),
        weekdays="понеділок/вівторок/середа/четвер/пятниця/субота/неділя",
        range="по",
        list="та і й",
        from_="з із",
        until="до",
        today="сьогодні/вчора/завтра",
        units=(
            "хвилина хвилин/година години годин/день дні днів/тиждень тижні тижнів/місяць місяці місяців/рік роки років"
        ),
        ago="тому",
        clock="о об",
    ),
    "ur": Words(
        months="جنوری/فروری/مارچ/اپریل/مئی/جون/جولائی/اگست/ستمبر/اکتوبر/نومبر/دسمبر",
        weekdays="پیر سوموار/منگل/بدھ/جمعرات/جمعہ/ہفتہ/اتوار",
        range="تا سے",
        list="اور",
        units="منٹ/گھنٹے گھنٹہ/دن/ہفتے/مہینے ماہ/سال",
        ago="قبل پہلے",
    ),
    "ar": Words(
        months=(
            "يناير جانفي/فبراير فيفري شباط/مارس آذار/أبريل ابريل أفريل نيسان/مايو ماي أيار/يونيو جوان حزيران/يوليو "
            "جويلية تموز/أغسطس اغسطس أوت آب/سبتمبر أيلول/أكتوبر اكتوبر/نوفمبر/ديسمبر"
        ),
        weekdays="الاثنين الإثنين/الثلاثاء/الأربعاء/الخميس/الجمعة/السبت/الأحد",
        range="إلى",
        list="و",
        units="دقيقة دقائق/ساعة ساعات/يوم أيام/أسبوع أسابيع/شهر أشهر/سنة سنوات",
        ago="منذ قبل",
    ),
}
