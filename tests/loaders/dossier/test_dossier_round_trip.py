"""A random record, written in the new layout as Word and as PDF, reads back equal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from leerbrug.loaders.dossier_records import Dossier

GOLDEN = Path(__file__).parent
Step = tuple[Any, ...]
Script = list[Step]


WORDS = "Bakt Snijdt Weegt proefbrood proefdeeg zuurdesem met bij zonder ovens kisten rekken netjes traag vlot".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=24).map(" ".join)
ITEMS = st.lists(TEXTS, max_size=3)
REFERENCES = st.lists(
    st.one_of(
        st.integers(1, 99999).map(lambda n: f"{n}-c"),
        st.integers(1, 9999).map(lambda n: f"SK-{n}-c"),
        st.integers(0, 99999).map(lambda n: f"co {n:05d}"),
    ),
    max_size=3,
)
SKILLS = st.lists(
    st.tuples(
        st.sampled_from(["Cognitieve vaardigheden", "Motorische vaardigheden", "Probleemoplossende vaardigheden"]),
        TEXTS,
    ),
    max_size=4,
)
KNOWLEDGE = st.lists(st.tuples(st.sampled_from(["Basiskennis", "Kennis", "Grondige kennis"]), TEXTS), max_size=4)
COMPETENCES = st.lists(st.tuples(TEXTS, REFERENCES, SKILLS, KNOWLEDGE), min_size=1, max_size=5)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    competenties = [
        {
            "competentie_code": f"bkc{number:07d}",
            "nr": number,
            "competentie_type": "Vakspecifieke competentie",
            "waarde": text,
            "referenties": [{"referentie_nr": code} for code in codes],
            "vaardigheden": [{"vaardigheid_type": soort, "waarde": waarde} for soort, waarde in skills],
            "kennis": [{"kennis_type": soort, "waarde": waarde} for soort, waarde in kennis],
        }
        for number, (text, codes, skills, kennis) in enumerate(draw(COMPETENCES), 1)
    ]
    raw: dict[str, Any] = {
        "versie_nr_lang": f"BK-{draw(st.integers(1, 9999)):04d}-{draw(st.integers(1, 9))}",
        "titel": draw(TEXTS),
        "definitie": draw(TEXTS),
        "vks_niveau": draw(st.integers(1, 8)),
        "erkenningsdatum": draw(st.dates()).isoformat(),
        "competenties": competenties,
        **{
            name: [{"waarde": waarde} for waarde in draw(ITEMS)]
            for name in ("synoniemen", "omgevingscontext", "handelingscontext", "verantwoordelijkheid")
        },
        "autonomie": [
            {"autonomie_type": soort, "waarde": waarde}
            for soort in ("Is zelfstandig in", "Is gebonden aan", "Doet beroep op")
            for waarde in draw(ITEMS)
        ],
    }
    raw["versie_nr_kort"] = int(raw["versie_nr_lang"].rpartition("-")[2])
    return msgspec.convert(raw, Dossier)


def written(dossier: Dossier) -> Script:
    """The script of a record in the new layout."""
    script: Script = [("tekst", f"Nummer: {dossier.versie_nr_lang}"), ("tekst", f"Titel: {dossier.titel}")]
    script += [("kop", "Definitie"), ("tekst", dossier.definitie), ("tekst", f"Niveau: {dossier.vks_niveau}")]
    script += [("tekst", f"Erkenningsdatum: {dossier.erkenningsdatum}"), ("kop", "Synoniemen")]
    script += [("item", each.waarde) for each in dossier.synoniemen] + [("kop", "Competenties")]
    for competentie in dossier.competenties:
        codes = [competentie.competentie_code, *(each.referentie_nr for each in competentie.referenties)]
        script.append(("kop", f"{competentie.nr}. {competentie.waarde} ({', '.join(codes)})"))
        script.append(("kop", "Vaardigheden"))
        for skill in competentie.vaardigheden:
            script += [("kop", skill.vaardigheid_type), ("item", skill.waarde)]
        script.append(("kop", "Kennis"))
        for kennis in competentie.kennis:
            script += [("kop", kennis.kennis_type), ("item", kennis.waarde)]
    for name in ("omgevingscontext", "handelingscontext", "verantwoordelijkheid"):
        script.append(("kop", name.capitalize()))
        script += [("item", each.waarde) for each in getattr(dossier, name)]
    script.append(("kop", "Autonomie"))
    for autonomie in dossier.autonomie:
        script += [("kop", autonomie.autonomie_type), ("item", autonomie.waarde)]
    return script


FOUND_IS_ENOUGH = (Phase.explicit, Phase.reuse, Phase.generate)
"""A document takes a tenth of a second: a fault is shown as found, not made smaller for minutes."""


@settings(
    max_examples=25,
    deadline=None,
    phases=FOUND_IS_ENOUGH,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
@given(dossier=dossiers())
def test_a_record_written_in_the_new_layout_reads_back_equal(
    one: Any, rules: Any, write: Any, dossier: Dossier
) -> None:
    path = write(written(dossier), dossier.versie_nr_lang)
    record = one(path)
    assert record.dossier == dossier
    assert rules(record) == []
    path.unlink()
