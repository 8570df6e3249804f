"""An answer of the planner that the checker, which is written apart from it, finds nothing wrong with."""

from __future__ import annotations

import json

from leerbrug.checks.traject import check_against
from leerbrug.checks.traject_graph import Offer
from leerbrug.pathways.handelingen import Aanbod
from leerbrug.pathways.leerling import Leerling, Wens
from leerbrug.pathways.leertraject import Antwoord
from leerbrug.pathways.planner import plan
from leerbrug.pathways.traject_jsonld import als_jsonld


def checked(aanbod: Aanbod, offer: Offer, leerling: Leerling, wens: Wens) -> Antwoord:
    """The answer, as it stands in JSON nothing wrong with it."""
    antwoord = plan(aanbod, leerling, wens, seconden=60)
    document = json.loads(json.dumps(als_jsonld(antwoord, aanbod.catalogus, leerling, wens)))
    assert check_against(document, offer, 1) == ()
    return antwoord
