"""Columns of printed tables: as wide as they are told to be, but no narrower than their longest word."""

from hypothesis import given
from hypothesis import strategies as st

from app.printing.columns import widths_of

TITLES = st.sampled_from(["", "序", "户主姓名", "No.", "People", "Registration", "Empadronamiento"])
CELLS = st.text(st.sampled_from("甲1-a m网/"), max_size=30)


def test_a_column_takes_what_its_longest_word_needs_and_the_others_share_what_is_left() -> None:
    columns = [("No.", 3.0), ("People", 5.0), ("Address", 92.0)]
    number, people, address = widths_of(columns, [["1", "2", "x"]], 100)
    assert (number > 6, people > 14) == (True, True)
    assert number + people + address == 100
    wider, _, _ = widths_of(columns, [["1525", "2", "x"]], 100)
    assert wider > number


def test_shares_that_have_room_for_every_word_are_kept() -> None:
    assert widths_of([("户", 1.0), ("住址", 3.0)], [["甲", "柳岸小区41号楼4单元602室"]], 100) == [25, 75]


def test_a_word_that_nobody_could_print_whole_takes_no_room_from_the_others() -> None:
    assert widths_of([("甲", 1.0), ("乙", 1.0)], [["a" * 60, "b"]], 100) == [50, 50]


def test_where_not_even_the_heads_have_room_the_shares_stay() -> None:
    assert widths_of([("Empadronamiento", 1.0), ("Registration", 1.0)], [], 20) == [10, 10]


@given(st.lists(st.tuples(TITLES, st.floats(1, 40)), min_size=1, max_size=9), st.data())
def test_columns_fill_the_line_and_none_is_lost(
    columns: list[tuple[str, float]], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=3))
    widths = widths_of(columns, rows, 174)
    assert len(widths) == len(columns)
    assert all(width > 0 for width in widths)
    assert abs(sum(widths) - 174) < 0.01


def test_a_column_whose_texts_are_longer_than_its_share_takes_room_that_others_dont_need() -> None:
    columns = [("When", 1.0), ("Masked", 4.0), ("Notes", 5.0)]
    when, masked, notes = widths_of(columns, [["12 Nov 2025 09:02", "＊＊＊", "x" * 200]], 174)
    assert when > 34  # on one line
    assert masked < 174 * 4 / 10 < notes + when


def test_a_column_with_few_long_texts_is_broken_before_one_that_is_long_in_each_row() -> None:
    columns = [("When", 1.0), ("Kind", 1.0), ("Notes", 1.0), ("More", 1.0)]
    day, long = "12 Nov 2025 09:02", "Seeing how they do"
    rows = [[day, "", "", ""]] * 9 + [[day, long, long, long]]
    when, kind, notes, more = widths_of(columns, rows, 105)
    assert when > 34 > kind
    assert kind == notes == more


def test_of_columns_that_are_too_narrow_equally_often_the_widest_is_broken() -> None:
    columns = [("Name", 40.0), ("Period", 34.0), ("", 50.0), ("", 50.0)]
    row = ["Lakeside (demo)", "15 Mar to 16 Mar 2025 or", "x" * 18, "y" * 18]
    name, period, _, _ = widths_of(columns, [row], 124)
    assert name > 30 > period


def test_chinese_fonts_have_narrower_figures() -> None:
    columns = [("No.", 1.0), ("Notes", 9.0)]
    assert (
        widths_of(columns, [["1525", "x"]], 60, chinese=True)[0] < widths_of(columns, [["1525", "x"]], 60)[0]
    )


def test_what_the_others_dont_need_goes_to_long_texts_and_to_titles_of_several_words() -> None:
    columns = [("Rank", 18.0), ("Done late", 10.0), ("Name", 115.0), ("Note", 31.0)]
    long = "Enough for Excellent, held back by the quota"
    _, late, name, note = widths_of(columns, [["1", "2", "王玥", long], ["2", "3", "李敏", ""]], 174)
    assert (late > 20, note >= 58) == (True, True)
    assert name > 50


def test_a_text_whose_letters_were_all_rounded_down_has_room_on_its_line() -> None:
    name = "Zaoyuan community (demo)"  # 47.8 mm in the font itself, 47.7 by its letters
    width, _ = widths_of([("Community", 1.0), ("Owed", 9.0)], [[name, "2,009"]], 174)
    assert width - 2.4 > 47.9
