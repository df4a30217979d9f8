"""What definitions of each kind say in words, for the studio and the comparison of revisions."""

from datetime import date

from app.i18n import Translator
from app.services.drafting.definition_words import DefinitionWords
from app.services.reasons.phrases import say
from tests.declarations.community import loaded

T = Translator("en")
MORE = {
    "config/roles/director.yaml": "role: director\nlevel: community\nmay: [record, approve]\n",
    "forms/visit.yaml": """\
form: visit
about: household
title: {en: Visit, zh: 走访}
fields:
  channel: {type: choice, from: [home, phone], required: true}
  minutes: {type: integer}
""",
    "rules/leaders.yaml": """\
sheet: leaders
title: {en: Points, zh: 积分}
for_each: role grid_leader
every: year
max: 10
items:
  calls:
    title: {en: Calls, zh: 电话}
    max: 10
    start: max
    lines: {missed: {deduct: 1, for_each: monthly_call, where: {state: missed}, undecided: leave_out}}
""",
    "rules/year.yaml": """\
appraisal: year
for_each: role grid_leader
every: year
parts: {all: {weight: 100%, from: leaders}}
missing_part: not_computable
grades: {pass: {at_least: 60}, fail: {}}
""",
    "rules/reached.yaml": """\
indicator: reached
per: role grid_leader
every: year
measure: count
of: visit
""",
}


def said(name: str) -> str:
    regulation = loaded(MORE).regulation
    assert regulation is not None, loaded(MORE).problems
    words = DefinitionWords(regulation, date(2025, 3, 1))
    return " ".join(say(one, T) for one in words.of(name))


def test_every_kind_with_words_says_them() -> None:
    assert "once at least" in said("monthly_call")
    assert said("leaders").startswith("Calls: ")
    assert said("year") == "Made of these parts: Points 100%"
    assert said("visit") == "Asks 2 questions: channel, minutes"
    assert said("director") == "May: fill in forms, approve changes of the regulation"
    assert said("reached")
    assert (said("cn"), said("nobody")) == ("", "")


def test_an_appraisal_says_the_weight_of_each_part_and_of_the_parts_in_it() -> None:
    year = MORE["rules/year.yaml"].replace(
        "{all: {weight: 100%, from: leaders}}",
        "{all: {title: {zh: 履职, en: Duties, es: Cumplimiento}, weight: 80%, from: leaders}, "
        "rest: {title: {zh: 其余, en: Rest, es: Resto}, weight: 20%, parts: "
        "{again: {title: {zh: 复评, en: Again, es: Otra vez}, weight: 100%, from: leaders}}}}",
    )
    regulation = loaded({**MORE, "rules/year.yaml": year}).regulation
    assert regulation is not None
    [words] = DefinitionWords(regulation, date(2025, 3, 1)).of("year")
    assert [say(words, Translator(one)).replace("\u00a0", " ") for one in ("zh", "en", "es")] == [
        "由这些部分合成：履职占 80%、其余占 20%（其中复评占 100%）",
        "Made of these parts: Duties 80%, Rest 20% (of it: Again 100%)",
        "Se compone de estas partes: Cumplimiento 80%, Resto 20% (dentro: Otra vez 100%)",
    ]


def test_a_form_with_many_questions_names_the_first_ones_and_titles_are_found() -> None:
    many = "form: many\nfields: {" + ", ".join(f"q{n}: {{type: text}}" for n in range(14)) + "}\n"
    regulation = loaded({"forms/many.yaml": many}).regulation
    assert regulation is not None
    words = DefinitionWords(regulation, date(2025, 3, 1))
    [one] = words.of("many")
    assert say(one, T).startswith("Asks 14 questions, first: q0")
    assert words.title("many") == {}
    assert words.title("nobody") == {}


def reworded(path: str, old: str, new: str) -> list[tuple[str, list[str], list[str]]]:
    """Return what is told of an edit of one file: the definition's id, and the sentences that went and came."""
    sides = []
    for text in (MORE[path], MORE[path].replace(old, new)):
        regulation = loaded({**MORE, path: text}).regulation
        assert regulation is not None
        sides.append(DefinitionWords(regulation, date(2025, 3, 1)))
    before, after = sides
    return [
        (one.name, [say(words, T) for words in one.before], [say(words, T) for words in one.after])
        for one in after.reworded(before)
    ]


def test_what_is_changed_of_one_question_is_told_of_that_question_alone() -> None:
    form = "forms/visit.yaml"
    told = reworded(form, "from: [home, phone]", "from: [home, phone, office]")
    assert told == [
        (
            "visit",
            ["“channel”: One choice · home, phone · required"],
            ["“channel”: One choice · home, phone, office · required"],
        )
    ]
    told = reworded(form, "  minutes: {type: integer}", "  minutes: {type: integer}\n  notes: {type: text}")
    assert told == [("visit", [], ["“notes”: A line of text"])]
    told = reworded(form, "fields:", "filled_by: [director]\nfields:")
    assert told == [("visit", [], ["Filled in by director"])]


def test_definitions_that_are_as_they_were_say_nothing_else() -> None:
    assert reworded("forms/visit.yaml", "minutes: {type: integer}", "minutes: {type: integer}") == []
    [(name, _, _)] = reworded("rules/leaders.yaml", "deduct: 1", "deduct: 2")
    assert name == "leaders"


def test_a_calendar_says_what_it_makes_of_each_day_that_becomes_another() -> None:
    calendar = "calendar: cn\nzone: Asia/Shanghai\nholidays: {plugin: cn, since: 2024, until: 2030, %s}\n"
    sides = []
    for more in ("add: [2025-03-04]", "add: [2025-03-05], confirmed: 2030"):
        regulation = loaded({**MORE, "config/calendars/cn.yaml": calendar % more}).regulation
        assert regulation is not None
        sides.append(DefinitionWords(regulation, date(2025, 3, 1)))
    [one] = sides[1].reworded(sides[0])
    assert say(one.title, T) == "Calendar"
    days = [[say(words, T) for words in side if "2025" in say(words, T)] for side in (one.before, one.after)]
    assert days == [
        ["4 Mar 2025: holiday", "5 Mar 2025: worked"],
        ["4 Mar 2025: worked", "5 Mar 2025: holiday"],
    ]
    assert any("2030" in say(words, T) for words in one.after)
    assert list(sides[0].reworded(sides[0])) == []
