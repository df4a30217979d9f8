"""Reminders call what they are about by its title; errors call it as the file does."""

from dataclasses import replace

from app.domain.problem import Problem
from app.i18n import Translator
from app.services.drafting.problem_titles import problem_words, titles_in
from tests.services.declared import told

DECLARED = """
duty: call
title: {zh: 电话随访, en: Phone call}
for_each: household
owed_by: leader
every: quarter
tiers:
  special: {title: {zh: 特殊户}, where: {special: true}, times: 1}
  other: {times: 1}
met_by: {form: visit, where: {channel: phone, met: true}}
"""
GIVEN = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}"
REGULATION = told(DECLARED, GIVEN).regulation
ZH, EN = Translator("zh"), Translator("en")


def words(problem: Problem, t: Translator = ZH) -> str:
    return problem_words(t, problem, titles_in([problem], REGULATION)).what


def test_a_reminder_calls_a_definition_by_its_title_in_the_readers_language() -> None:
    one = Problem("W204", values={"what": "call"})
    assert words(one).startswith("电话随访：")
    assert words(one, EN).startswith("Phone call: ")


def test_a_path_leads_through_titles_and_what_has_none_stands_as_it_is() -> None:
    said = Problem(
        "W226",
        values={
            "reason": "title",
            "what": "call/special",
            "title": "每季度",
            "said": "每季度",
            "every": "month",
        },
    )
    assert words(said).startswith("电话随访")
    assert "特殊户" in words(said)
    assert "special" not in words(said)
    assert words(replace(said, values={**said.values, "what": "nowhere"})).startswith("nowhere：")


def test_an_error_names_what_stands_in_the_file_and_without_a_regulation_nothing_has_a_title() -> None:
    error = Problem("E120", values={"what": "call", "sum": "90%"})
    assert "call" in words(error)
    assert (
        "call" in problem_words(ZH, Problem("W204", values={"what": "call"}), titles_in([error], None)).what
    )
