"""Texts, dates and numbers in the reader's language. Chinese is the source; English and Spanish are complete."""

from app.i18n.catalogue import LANGUAGES, PSEUDO, SOURCE
from app.i18n.negotiation import known_language, negotiate
from app.i18n.translator import ProblemText, Translator

__all__ = [
    "LANGUAGES",
    "PSEUDO",
    "SOURCE",
    "ProblemText",
    "Translator",
    "known_language",
    "negotiate",
]
