"""Date words of Welsh and of the languages of western and northern Europe."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.words import Words

WESTERN: Final[dict[str, Words]] = {
    "cy": Words(
        months=(
            "ionawr ion/chwefror chwef chwe/mawrth fawrth maw/ebrill ebr/mai fai/mehefin fehefin meh/gorffennaf "
            "orffennaf gorff/awst/medi fedi/hydref hyd/tachwedd dachwedd tach/rhagfyr ragfyr rhag"
        ),
        weekdays="llun/mawrth/mercher fercher/iau/gwener wener/sadwrn/sul",
        range="i hyd",
        list="a ac",
        from_="o",
        until="tan hyd",
        of="o",
        today="heddiw/ddoe doe/yfory/echdoe/drennydd",
        units=(
            "munud/awr oriau/diwrnod ddiwrnod dyddiau dydd/wythnos wythnosau/mis fis misoedd/blwyddyn flynedd "
            "blynyddoedd mlynedd"
        ),
        ago="yn ôl",
        before="cyn",
        by="erbyn",
        parts="dechrau/canol/diwedd",
        sides="nesaf/diwethaf ddiwethaf",
        clock="am",
        seasons="gwanwyn/haf//gaeaf",
    ),
    "de": Words(
        months=(
            "januar jänner jan jän/februar feber feb/märz maerz mär mrz/april apr/mai/juni jun/juli jul/august aug/"
            "september sept sep/oktober okt/november nov/dezember dez"
        ),
        weekdays="montag/dienstag/mittwoch/donnerstag/freitag/samstag sonnabend/sonntag",
        short="mo/di/mi/do/fr/sa/so",
        range="bis",
        list="und",
        from_="ab",
        until="bis",
        today="heute/gestern/morgen/vorgestern/übermorgen",
        units="minute minuten/stunde stunden/tag tage tagen/woche wochen/monat monate monaten/jahr jahre jahren",
        ago="vor",
        by="spätestens",
        parts="anfang/mitte/ende",
        sides="nächste nächsten nächster nächstes kommende kommenden/letzte letzten letzter letztes vergangene",
        clock="um uhr",
        seasons="frühling frühjahr/sommer/herbst/winter",
    ),
    "fr": Words(
        months=(
            "janvier janv jan/février févr fév/mars/avril avr/mai/juin/juillet juil/août/septembre sept/octobre oct/"
            "novembre nov/décembre décem déc"
        ),
        weekdays="lundi/mardi/mercredi/jeudi/vendredi/samedi/dimanche",
        short="lun/mar/mer/jeu/ven/sam/dim",
        range="au",
        list="et",
        from_="dès",
        until="jusqu jusque",
        today="aujourd/hier/demain",
        units="minute minutes/heure heures/jour jours/semaine semaines/mois/an ans année années",
        clock="à",
        before="avant",
        parts="début/mi milieu/fin",
        sides="prochain prochaine/dernier dernière",
        seasons="printemps/été/automne/hiver",
    ),
    "es": Words(
        months=(
            "enero ene/febrero feb/marzo mar/abril abr/mayo may/junio jun/julio jul/agosto ago/septiembre setiembre "
            "sept sep set/octubre oct/noviembre nov/diciembre dic"
        ),
        weekdays="lunes/martes/miércoles/jueves/viernes/sábado/domingo",
        short="lun/mar/mié/jue/vie/sáb/dom",
        range="al a",
        list="y e",
        from_="desde",
        until="hasta",
        of="de del",
        today="hoy/ayer/mañana/anteayer",
        units="minuto minutos/hora horas/día días/semana semanas/mes meses/año años",
        ago="hace",
        before="antes",
        parts="principios comienzos/mediados/finales fines",
        sides="próximo próxima/pasado pasada",
        clock="las",
        seasons="primavera/verano/otoño/invierno",
    ),
    "it": Words(
        months=(
            "gennaio gen genn/febbraio feb febbr/marzo mar/aprile apr/maggio mag magg/giugno giu/luglio lug/agosto "
            "ago/settembre set sett/ottobre ott/novembre nov/dicembre dic"
        ),
        weekdays="lunedì/martedì/mercoledì/giovedì/venerdì/sabato/domenica",
        short="lun/mar/mer/gio/ven/sab/dom",
        range="al",
        list="e",
        from_="dal",
        until="fino",
        today="oggi/ieri/domani",
        units="minuto minuti/ora ore/giorno giorni/settimana settimane/mese mesi/anno anni",
        ago="fa",
        before="prima",
        by="entro",
        parts="inizio/metà/fine",
        sides="prossimo prossima/scorso scorsa",
        clock="alle ore",
        seasons="primavera/estate/autunno/inverno",
    ),
    "pt": Words(
        months=(
            "janeiro jan/fevereiro fev/março mar/abril abr/maio mai/junho jun/julho jul/agosto ago/setembro set/"
            "outubro out/novembro nov/dezembro dez"
        ),
        weekdays="segunda/terça/quarta/quinta/sexta/sábado/domingo",
        short="seg/ter/qua/qui/sex/sáb/dom",
        range="a até",
        list="e",
        from_="desde",
        until="até",
        of="de do",
        today="hoje/ontem/amanhã",
        units="minuto minutos/hora horas/dia dias/semana semanas/mês meses/ano anos",
        ago="há atrás",
        parts="início/meados/fim final",
        sides="próximo próxima/passado passada",
        clock="às",
        seasons="primavera/verão/outono/inverno",
    ),
    "nl": Words(
        months=(
            "januari jan/februari feb/maart mrt/april apr/mei/juni jun/juli jul/augustus aug/september sept sep/"
            "oktober okt/november nov/december dec"
        ),
        weekdays="maandag/dinsdag/woensdag/donderdag/vrijdag/zaterdag/zondag",
        short="ma/di/wo/do/vr/za/zo",
        range="tot",
        list="en",
        from_="vanaf",
        until="tot",
        today="vandaag/gisteren/morgen",
        units="minuut minuten/uur uren/dag dagen/week weken/maand maanden/jaar jaren",
        ago="geleden",
        by="uiterlijk",
        parts="begin/medio half/eind",
        sides="volgende komende/vorige afgelopen",
        clock="om uur",
        seasons="lente voorjaar/zomer/herfst najaar/winter",
    ),
    "sv": Words(
        months=(
            "januari jan/februari feb/mars mar/april apr/maj/juni jun/juli jul/augusti aug/september sept sep/"
            "oktober okt/november nov/december dec"
        ),
        weekdays="måndag/tisdag/onsdag/torsdag/fredag/lördag/söndag",
        short="mån/tis/ons/tors/fre/lör/sön",
        range="till",
        list="och",
        from_="från",
        until="till",
        today="idag/igår/imorgon",
        units="minut minuter/timme timmar/dag dagar/vecka veckor/månad månader/år",
        ago="sedan",
        clock="kl klockan",
        seasons="våren vår/sommaren sommar/hösten/vintern vinter",
    ),
    "da": Words(
        months=(
            "januar jan/februar feb/marts mar/april apr/maj/juni jun/juli jul/august aug/september sept sep/oktober "
            "okt/november nov/december dec"
        ),
        weekdays="mandag/tirsdag/onsdag/torsdag/fredag/lørdag/søndag",
        short="man/tirs/ons/tors/fre/lør/søn",
        range="til",
        list="og",
        from_="fra",
        until="til",
        units="minut minutter/time timer/dag dage/uge uger/måned måneder/år",
        ago="siden",
        clock="kl",
    ),
    "nb": Words(
        months=(
            "januar jan/februar feb/mars mar/april apr/mai/juni jun/juli jul/august aug/september sept sep/oktober "
            "okt/november nov/desember des"
        ),
        weekdays="mandag/tirsdag/onsdag/torsdag/fredag/lørdag/søndag",
        short="man/tirs/ons/tors/fre/lør/søn",
        range="til",
        list="og",
        from_="fra",
        until="til",
        units="minutt minutter/time timer/dag dager/uke uker/måned måneder/år",
        ago="siden",
        clock="kl",
    ),
    "fi": Words(
        months=(
            "tammikuuta tammikuu tammi/helmikuuta helmikuu helmi/maaliskuuta maaliskuu maalis/huhtikuuta huhtikuu "
            "huhti/toukokuuta toukokuu touko/kesäkuuta kesäkuu kesä/heinäkuuta heinäkuu heinä/elokuuta elokuu elo/"
            "syyskuuta syyskuu syys/lokakuuta lokakuu loka/marraskuuta marraskuu marras/joulukuuta joulukuu joulu"
        ),
        weekdays=(
            "maanantai maanantaina/tiistai tiistaina/keskiviikko keskiviikkona/torstai torstaina/perjantai "
            "perjantaina/lauantai lauantaina/sunnuntai sunnuntaina"
        ),
        short="ma/ti/ke/to/pe/la/su",
        list="ja",
        units="minuuttia/tuntia/päivää/viikkoa/kuukautta/vuotta",
        ago="sitten",
        clock="klo",
    ),
}
