"""The small community with registers that hang together: households, and those who live in them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.domain.entry import Entry
from tests.fakes.working import FILES as WORKING_FILES
from tests.fakes.working import PLACE, founding

FILES: Mapping[str, str] = {
    **WORKING_FILES,
    "forms/household.yaml": WORKING_FILES["forms/household.yaml"]
    + """\
same_when:
  number: {same: [id_card], title: {zh: 身份证号相同, en: Same ID number, es: Mismo documento}}
  phone: {same: [phone], alike: [head], title: {zh: 电话相同、姓名相近, en: Same telephone, es: Mismo teléfono}}
quality:
  every: month
  known: [id_card, phone]
  fresh: {within: 3 months, confirmed_by: {form: visit, where: {channel: home}}}
""",
    "forms/person.yaml": """\
form: person
title: {zh: 居民信息, en: Person, es: Persona}
describes: person
ends: left_on
label: [name]
icon: person
filled_by: [leader, director]
fields:
  grid: {title: {zh: 网格, en: Grid, es: Cuadrícula}, type: ref, to: grid, required: true}
  household: {title: {zh: 所在家庭, en: Household, es: Hogar}, type: ref, to: household}
  name: {title: {zh: 姓名, en: Name, es: Nombre}, type: text, required: true}
  born: {title: {zh: 出生日期, en: Born, es: Nacimiento}, type: date}
  left_on: {title: {zh: 迁出, en: Left on, es: Salida}, type: date}
same_when:
  birth: [name, born]
""",
    "forms/membership.yaml": """\
form: membership
title: {zh: 特殊人群登记, en: Membership, es: Pertenencia}
describes: membership
ends: until
label: [person]
filled_by: [leader, director]
fields:
  grid: {title: {zh: 网格, en: Grid, es: Cuadrícula}, type: ref, to: grid, required: true}
  person: {title: {zh: 谁, en: Who, es: Quién}, type: ref, to: person, required: true}
  until: {title: {zh: 终止, en: Until, es: Hasta}, type: date}
""",
}


def peopled(start: datetime) -> list[Entry]:
    """Return the community's founding, those who live in a household, and a household that was recorded twice."""
    later = start + timedelta(days=200)

    def record(form: str, subject: str, at: datetime, **answers: object) -> Entry:
        return Entry(f"{form}-{subject}", PLACE, form, at, "w-3", at, answers, subject)

    home = {"grid": f"{PLACE}/g1", "building": "1号楼", "members": 2, "special": []}
    return [
        *founding(start),
        record("membership", "m-1", start, grid=f"{PLACE}/g1", person="p-1"),
        record(
            "person", "p-1", start, grid=f"{PLACE}/g1", household="hh-1", name="陈桂芳", born="1948-03-01"
        ),
        record(
            "person", "p-2", start, grid=f"{PLACE}/g1", household="hh-1", name="陈小明", born="1990-05-06"
        ),
        record(
            "person", "p-3", later, grid=f"{PLACE}/g1", household="hh-2", name="陈 小明", born="1990-05-06"
        ),
        record(
            "household",
            "hh-5",
            later,
            **home,
            door="1-1-102",
            head="陈桂方",
            phone="13800000000",
            id_card="11010519491231002X",
        ),
        Entry(
            "visit-of-hh-5",
            PLACE,
            "visit",
            later,
            "w-1",
            later,
            {"channel": "home", "condition": "well"},
            "hh-5",
        ),
    ]
