"""One chart of each sort, made up so that together they show every mark: what the kept pictures are drawn from.

They hold no word of a plan's data, so that the pictures stay when the data changes.
"""

from charts import style
from charts.mark import Mark
from charts.range import RangeChart
from charts.row import Row, Spot
from charts.sheet import Chart, Head
from charts.tally import Tally
from charts.years import Years
from evidence.standing import STATUSES

NAMES = {
    "zh": ("养殖水面", "渔港泊位", "达到一级以上标准并完成尾水治理改造的大型连片养殖基地占比", "尾水总氮浓度", "学位"),
    "en": (
        "Pond area",
        "Berths in the fishing harbour",
        "Share of large contiguous fish farms of the first grade or above whose outflow has been treated",
        "Nitrogen in the water let out",
        "School places",
    ),
}
LINK = "plan.example.org/indicator?id=pond-area&lang="


def head(language: str, name: str) -> Head:
    chinese = language == "zh"
    title = (
        f"{NAMES[language][0]}：已公布的数与目标"
        if chinese
        else f"{NAMES[language][0]}: published figures and the target"
    )
    return Head(
        f"{name}.specimen",
        "indicator",
        (),
        title,
        "单位：公顷。全县。" if chinese else "Unit: ha. The county.",
        ("*原文没有说明统计范围。",) if chinese else ("* The text does not say what exactly counts.",),
        (),
        "目标：鹭湾县规划。其他数：县统计局 2032-02-20、鹭湾日报 2031-03。"
        if chinese
        else "Target: Egret Bay's plan. Other figures: county bureau of statistics 2032-02-20, Bay Daily 2031-03.",
        "数据：2032-06-30，版本0a1b2c3d。" if chinese else "Data: 2032-06-30, version 0a1b2c3d.",
        "2032-06-30",
        "specimen",
        language,
    )


def start(language: str) -> RangeChart:
    """Every mark: a firm, a copied and a partly comparable start, zero, context on the axis and beyond it, other
    targets, a cap, a range, marks that stand above the track."""
    chinese = language == "zh"

    def spot(look: str, share: float, value: str, when: str, **more: object) -> Spot:
        text = f"{value}（{when}）" if chinese else f"{value} ({when})"
        return Spot(look, (share,), text, text, value, when, **more)

    earlier, nation, other = (
        ("2032年，以前的目标", "全国目标", "以前的目标，仅网箱")
        if chinese
        else ("2032, earlier target", "national target", "earlier target, cages alone")
    )
    year, context = ("2031年", "2031年，邻县") if chinese else ("2031", "2031, next county")
    zero = Spot("zero", (0.0,), *["从零累计" if chinese else "from zero"] * 2)
    rival, strange = spot("rival", 57.0, "564", earlier), spot("rival other", 100.0, "990", other)
    asked = "目标990（2034年）" if chinese else "target: 990 (2034)"
    rows = [
        {"start": spot("baseline", 55.6, "550", year), "rivals": (rival,), "signs": "*"},
        {"start": spot("baseline", 20.0, "198", year, partial=True)},
        {"context": spot("context", 240.0, "2376", context), "rivals": (strange,)},
        {
            "start": spot("baseline", 122.0, "1208", year, unverified=True),
            "rivals": (spot("rival", 100.0, "990", nation, unverified=True),),
            "allowed": (0.0, 100.0),
        },
        {"start": zero, "context": spot("context", 40.0, "396", context, unverified=True), "goal": (100.0, 120.0)},
    ]
    made = [
        Row(f"{number}", "i", name, asked, "comparable", **what)
        for number, (name, what) in enumerate(zip(NAMES[language], rows, strict=True))
    ]
    return RangeChart(head(language, "start"), "", (), tuple(made), ())


def pace(language: str) -> RangeChart:
    """One against the direction, one too slow, one fast enough."""
    recent, needed = ("近年3公顷", "今后需要4公顷") if language == "zh" else ("recent: 3 ha", "needed: 4 ha")
    starts = [Spot("baseline", (share,), recent, recent, partial=share == 75) for share in (-40.0, 75.0, 130.0)]
    rows = [
        Row(f"{number}", "i", name, needed, "comparable", start=start)
        for number, (name, start) in enumerate(zip(NAMES[language], starts, strict=False))
    ]
    return RangeChart(head(language, "pace"), "", (), tuple(rows), (), "ambition")


def years(language: str) -> Years:
    """Every mark of a chart by year that has a baseline, two of them at one place."""
    marks = (
        mark(language, "point", 2028, 410),
        mark(language, "point", 2029, 455, unverified=True),
        mark(language, "point", 2030, 470, partial=True),
        mark(language, "point", 2030.4, 690, partial=True, unverified=True),
        mark(language, "context", 2029.5, 240, word=WORDS[language][0]),
        mark(language, "rival", 2031, 640),
        mark(language, "baseline", 2031, 550),
        mark(language, "point", 2032, 610),
        mark(language, "rival other", 2033, 300, word=WORDS[language][1]),
        mark(language, "rival", 2035, 990, unverified=True),
        mark(language, "rival", 2034, 860, partial=True),
        mark(language, "target", 2035, 990),
    )
    unit = "公顷" if language == "zh" else "ha"
    return Years(head(language, "years"), unit, marks, 2027, 2034, (0.0, 990.0), ((2031, 550), (2035, 990)))


WORDS = {"zh": ("仅两镇", "全省"), "en": ("two towns only", "the province")}


def mark(language: str, sort: str, at: float, value: float, **more: object) -> Mark:
    chinese = language == "zh"
    cell = f"{value:g}公顷（{int(at - 0.01)}年）" if chinese else f"{value:g} ha ({int(at - 0.01)})"
    what = {"baseline": "基期数", "target": "规划目标"} if chinese else {"baseline": "Baseline", "target": "Target"}
    return Mark(sort, at, (value,), (what.get(sort, ""), cell, ""), f"{value:g}", **more)


def context(language: str) -> Years:
    """Where no baseline is, only what is not comparable, and the target is a rate that holds for years."""
    asked = "目标每年8%以上（2032—2034年）" if language == "zh" else "target: at least 8% a year (2032–2034)"
    word, other = WORDS[language]
    marks = (
        Mark("context", 2029.5, (4.2,), ("", "", ""), "4.2%", word, unverified=True),
        Mark("context", 2030.5, (5.0,), ("", "", ""), "5.0%", other),
        Mark("rival other", 2031.5, (6.0, 7.0), ("", "", ""), "6.0%–7.0%", other, unverified=True),
        Mark("rival", 2033.5, (8.0,), ("", "", ""), "8.0%", partial=True),
        Mark("target", 2033.5, (8.0,), ("", asked, ""), over=(2032, 2035)),
    )
    return Years(head(language, "context"), "%", marks, 2029, 2034, (0.0, 8.0), ())


def added(language: str) -> Years:
    """What counts from zero, beside one year's addition before it."""
    marks = (
        Mark("zero", 2032, (0.0,), ("", "", "")),
        mark(language, "context", 2030.5, 120, word=WORDS[language][0]),
        mark(language, "target", 2035, 600),
    )
    unit = "公顷" if language == "zh" else "ha"
    return Years(head(language, "added"), unit, marks, 2030, 2034, (0.0, 600.0), ((2032, 0), (2035, 600)), 1.0)


def evidence(language: str) -> Tally:
    names = NAMES[language][:2] + NAMES[language][3:]
    counts = ((3, 2, 1, 1, 2, 1, 1, 1, 1), (0, 1, 0, 0, 0, 0, 0, 0, 0), (5, 0, 2, 1, 0, 0, 0, 5, 1), (1,) * 9)
    return Tally(head(language, "evidence"), "status", STATUSES, names, counts)


def verdicts(language: str) -> Tally:
    states = ("met", "on_track", "on_track?", "behind", "far_behind", "moving_away", "not_yet_due", "cannot_say")
    counts = ((1, 2, 1, 1, 1, 1, 2, 3), (0, 0, 2, 0, 0, 0, 1, 0))
    return Tally(head(language, "verdicts"), "verdict", states, NAMES[language][:2], counts)


def every(language: str) -> dict[str, Chart]:
    made = (start, pace, years, context, added, evidence, verdicts)
    return {make.__name__: make(language) for make in made}


# The colours that carry a difference, and how eyes without one of the three cones see them: the matrices of
# Machado, Oliveira and Fernandes (2009) at full severity, for linear light.
COLOURS = {"baseline": style.BASELINE, "target": style.TARGET, "other": style.OTHER}
EYES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
