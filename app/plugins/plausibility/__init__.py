"""The built-in checks of plausibility, as a plugin like everybody's."""

from app.domain.core.methods import Option
from app.domain.plausibility import Check
from app.hookspecs import hookimpl
from app.plugins.plausibility.copies import cloned_files, cloned_texts
from app.plugins.plausibility.places import impossible_travel, same_time
from app.plugins.plausibility.times import bursts, late, outside_hours

_TEXTS = frozenset({"text", "long_text"})
_FILES = frozenset({"photo", "file", "signature"})
_POSITIONS = frozenset({"location"})


def _told(zh: str, en: str, es: str) -> dict[str, str]:
    return {"zh": zh, "en": en, "es": es}


CHECKS = (
    Check(
        "same_time",
        (
            Option(
                "minutes",
                default=1,
                at_least=1,
                title=_told("相隔不到（分钟）", "Minutes apart", "Minutos de diferencia"),
            ),
        ),
        same_time,
        {
            "zh": "同一个人在 {minutes} 分钟之内，在 {places} 个不同的地方各有一条记录。",
            "en": "One person, {places} different places, less than {minutes} min apart.",
            "es": "Una persona, {places} lugares distintos, con menos de {minutes} min entre ellos.",
        },
        {
            "zh": "同一时刻不同地点",
            "en": "Same time, different places",
            "es": "A la vez en lugares distintos",
        },
    ),
    Check(
        "impossible_travel",
        (
            Option("kmh", default=60, at_least=1, title=_told("每小时（公里）", "km an hour", "km por hora")),
            Option(
                "metres",
                default=500,
                at_least=0,
                title=_told("相距至少（米）", "Metres apart", "Metros de distancia"),
            ),
        ),
        impossible_travel,
        {
            "zh": "两次定位相距 {distance} 米，相隔 {minutes} 分钟：要比每小时 {kmh} 公里还快。",
            "en": "Two positions {distance} m and {minutes} min apart: faster than {kmh} km/h.",
            "es": "Dos posiciones a {distance} m y {minutes} min: más rápido que {kmh} km/h.",
        },
        {"zh": "来不及走到", "en": "Too fast to get there", "es": "Imposible llegar tan rápido"},
        _POSITIONS,
    ),
    Check(
        "cloned_text",
        (
            Option(
                "times",
                default=3,
                at_least=2,
                title=_told("至少几条", "Entries at least", "Registros como mínimo"),
            ),
            Option(
                "letters",
                default=15,
                at_least=1,
                title=_told("至少几个字", "Characters at least", "Caracteres como mínimo"),
            ),
        ),
        cloned_texts,
        {
            "zh": "同一个人在 {copies} 条记录里写了一字不差的话（{letters} 个字以上）。",
            "en": "One person wrote the very same in {copies} entries ({letters} characters or more).",
            "es": "Una persona escribió exactamente lo mismo en {copies} registros ({letters} caracteres o más).",
        },
        {"zh": "文字雷同", "en": "The same words", "es": "El mismo texto"},
        _TEXTS,
    ),
    Check(
        "cloned_file",
        (
            Option(
                "times",
                default=2,
                at_least=2,
                title=_told("至少几条", "Entries at least", "Registros como mínimo"),
            ),
        ),
        cloned_files,
        {
            "zh": "同一张照片（或同一个文件）出现在 {copies} 条记录里。",
            "en": "The same photo or file stands in {copies} entries.",
            "es": "La misma foto o archivo aparece en {copies} registros.",
        },
        {"zh": "照片雷同", "en": "The same photo", "es": "La misma foto"},
        _FILES,
    ),
    Check(
        "burst",
        (
            Option(
                "days",
                default=3,
                at_least=1,
                title=_told("月末几天", "Last days of the month", "Últimos días del mes"),
            ),
            Option(
                "percent",
                default=60,
                at_least=1,
                title=_told("占一个月的（%）", "Percent of the month", "Porcentaje del mes"),
            ),
            Option(
                "least",
                default=10,
                at_least=2,
                title=_told("一个月至少几条", "Entries a month at least", "Registros al mes como mínimo"),
            ),
        ),
        bursts,
        {
            "zh": "一个月的 {whole} 条记录里，{part} 条是在月末最后 {days} 天录入的。",
            "en": "{part} of a month’s {whole} entries were recorded in its last {days} days.",
            "es": "{part} de los {whole} registros de un mes se anotaron en sus últimos {days} días.",
        },
        {"zh": "月末集中录入", "en": "A rush at the month’s end", "es": "Acumulación a fin de mes"},
    ),
    Check(
        "late_entry",
        (
            Option(
                "days",
                default=7,
                at_least=1,
                title=_told("事后几天", "Days after the fact", "Días después del hecho"),
            ),
        ),
        late,
        {
            "zh": "{entries} 条记录在事后 {days} 天以上才录入，最久的隔了 {longest} 天。",
            "en": "{entries} recorded more than {days} days after the fact, {longest} days at the longest.",
            "es": "{entries} anotados más de {days} días después del hecho, {longest} días el que más.",
        },
        {"zh": "事后很久才录入", "en": "Recorded long after", "es": "Anotado mucho después"},
    ),
    Check(
        "outside_hours",
        (
            Option("from", default=7, at_least=0, title=_told("从几点", "From o’clock", "Desde las (hora)")),
            Option(
                "until", default=21, at_least=1, title=_told("到几点", "Until o’clock", "Hasta las (hora)")
            ),
        ),
        outside_hours,
        {
            "zh": "{entries} 条记录的时间不在 {from} 点到 {until} 点之间。",
            "en": "{entries} at a time of day that isn’t between {from}:00 and {until}:00.",
            "es": "{entries} a una hora que no está entre las {from}:00 y las {until}:00.",
        },
        {"zh": "时间不寻常", "en": "At an unusual hour", "es": "A una hora poco habitual"},
    ),
)


@hookimpl
def gridbook_checks() -> tuple[Check, ...]:
    """What can be seen of entries without knowing anything else."""
    return CHECKS
