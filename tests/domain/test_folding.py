"""Text as a search compares it, and where its words stand in what is shown."""

from app.domain.folding import fold, spans


def test_width_and_case_make_no_difference() -> None:
    assert fold("Ａ１-Straße") == "a1-strasse"
    assert fold("ABC") == "abc"


def test_a_word_is_found_where_it_stands_in_the_text_as_it_was_written() -> None:
    assert spans("楼上漏水，又漏水", ("漏水",)) == ((2, 4), (6, 8))
    assert spans("房号１０１室", ("101",)) == ((2, 5),)
    assert spans("Straße", ("asse",)) == ((3, 6),)


def test_words_that_touch_or_overlap_are_marked_as_one() -> None:
    assert spans("abcdef", ("abc", "cde")) == ((0, 5),)
    assert spans("abcdef", ("abcd", "bc", "ef")) == ((0, 6),)


def test_nothing_is_found_for_nothing() -> None:
    assert spans("text", ()) == ()
    assert spans("text", ("",)) == ()
    assert spans("", ("text",)) == ()
