"""An amount of money keeps its two decimals wherever it is told: in words, in a cell, on paper."""

import csv
import io
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from app.domain.core.values import Kind, Type
from app.domain.kinds.form import Field
from app.exchange.lists import write_csv, write_xlsx
from app.i18n import Translator
from app.printing.values import shown
from app.services.money import Money
from app.services.told import answer_words
from app.services.workbooks.export import Table

PRICE = Field("price", "money", Type(Kind.MONEY, currency="CNY"), {"zh": "价钱"})


@pytest.mark.parametrize(
    ("data", "told"),
    [("18.2", "18.20"), (20, "20.00"), ("18.256", "18.256"), ("-3", "-3.00"), ("lots", "lots"), ("NaN", "NaN"),
     ("12345678901234567.89", "12345678901234567.89")],
)  # fmt: skip
def test_an_amount_is_told_with_two_decimals_or_as_exact_as_it_is(data: Any, told: str) -> None:
    assert str(Money.of(data)) == told


def test_words_of_an_answer_keep_them_in_each_language() -> None:
    (word,) = answer_words(PRICE, "18.2", str)
    assert [Translator(one).text(word) for one in ("zh", "es")] == ["18.20", "18,20"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "zh", "es"),
    [
        ("5600.00", "5,600.00", "5.600,00"),
        ("18.256", "18.256", "18,256"),
        ("lots", "lots", "lots"),
        ("NaN", "NaN", "NaN"),
    ],
)
def test_an_amount_on_a_card_stands_as_on_the_entrys_page(data: str, zh: str, es: str) -> None:
    (word,) = answer_words(PRICE, data, str)
    told = [word if isinstance(word, str) else Translator(one).text(word) for one in ("zh", "es")]  # type: ignore[arg-type]
    assert told == [zh, es]


def test_a_list_and_a_printed_register_keep_them() -> None:
    amount = Money.of("18.2")
    table = Table("价钱", ("价钱",), ((amount,),))
    stream = BytesIO()
    write_csv(table, stream)
    assert list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))[1] == ["18.20"]
    book = BytesIO()
    write_xlsx(table, book)
    with ZipFile(book) as parts:
        assert "#,##0.00" in parts.read("xl/styles.xml").decode()
        assert "<v>18.2</v>" in parts.read("xl/worksheets/sheet1.xml").decode()
    assert shown(amount, Translator("zh")) == "18.20"
