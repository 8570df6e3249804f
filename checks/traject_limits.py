"""The limits of a question on one step: age, hours, contract, contexts, work places, ways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .traject_answer import Place, Question
from .traject_graph import Programme, Recognition
from .traject_question import first_year, year_of_age
from .traject_rules import HOURS


def last_year(question: Question) -> int:
    """The school year before whose begin everything must be done."""
    wish, first = question.wens, first_year(question)
    ends = [first + wish.horizon]
    if wish.max_jaren is not None:
        ends.append(first + wish.max_jaren)
    if wish.einddatum is not None:
        end = wish.einddatum.year - (wish.einddatum < date(wish.einddatum.year, 6, 30))
        ends.append(max(end, first) if wish.einddatum >= wish.op else end)  # EVC waits for no school year
    return min(ends)


def broken(question: Question, programme: Programme, begin: Recognition, kind: str, year: int) -> Iterator[str]:
    """The limits that a step begun in that year under that recognition breaks."""
    wish, learner = question.wens, question.leerling
    dual, preparatory = programme.place.get("duaal") == "true", kind == "aanloop"
    if dual and learner.leeftijd is not None:
        first_degree = any(code.startswith("graad1:") for code in learner.heeft)
        least = 16 if learner.leerplicht_voorbij is False and not first_degree else 15
        if not year_of_age(question, least) <= year <= year_of_age(question, 25):
            yield "de leeftijd past niet bij duaal leren"
    if wish.werkplek_min is not None and not preparatory:
        most = 0 if not dual else begin.most
        yield from ["er zijn te weinig uren op de werkplek"] if most is not None and most < wish.werkplek_min else []
    if wish.werkplek_max is not None and begin.least is not None and begin.least > wish.werkplek_max:
        yield "er zijn te veel uren op de werkplek"
    if wish.contract and begin.contract not in ("", wish.contract):
        yield "het contract is niet het gevraagde"
    if learner.uren_per_week is not None and learner.uren_per_week < HOURS:
        yield "de leerling heeft te weinig uren per week"
    if {programme.code, begin.code} & set(wish.vermijd):
        yield "deze stap was te vermijden"
    way = "aanloop" if preparatory else "duaal" if dual else "voltijds"
    if wish.wegen is not None and way not in wish.wegen:
        yield "deze weg was niet gevraagd"
    if kind != "evc" and wish.stelsel and wish.stelsel not in programme.systems:
        yield "het stelsel is niet het gevraagde"
    ratified = [each for each in wish.grenzen if each.programma == programme.code]
    if dual and not preparatory and any(each.reden for each in ratified):
        yield "de sector bekrachtigde dat het niet duaal kan"
    if wish.contexten is not None and not begin.offered_by(set(wish.contexten)):
        yield "het bedrijf biedt de verplichte contexten niet"
    if wish.werkplekken is not None and dual and not preparatory:
        here = [each for each in wish.werkplekken if not learner.regio or each.regio == learner.regio]
        must = {code for each in ratified for code in each.moet}
        here = [each for each in here if not each.activiteiten or must <= set(each.activiteiten)]
        if not any(_fits(each, programme, begin) for each in here):
            yield "er is geen passende werkplek"


def _fits(place: Place, programme: Programme, begin: Recognition) -> bool:
    return (
        place.studiedomein in ("", programme.place.get("studiedomein", ""))
        and (place.uren is None or begin.least is None or begin.least <= place.uren)
        and (not place.contexten or begin.offered_by(set(place.contexten)))
    )
