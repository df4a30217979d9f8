"""Texts, dates and numbers in the reader's language. Chinese is the source; English and Spanish are complete.

Documents are printed in traditional characters too (`HANT`), made from the source.
"""

from app.i18n.catalogue import LANGUAGES, PRINT_LANGUAGES, PSEUDO, SOURCE, is_message
from app.i18n.negotiation import known_language, negotiate
from app.i18n.quotes import nested
from app.i18n.traditional import HANT
from app.i18n.translator import ProblemText, Translator

__all__ = [
    "HANT",
    "LANGUAGES",
    "PRINT_LANGUAGES",
    "PSEUDO",
    "SOURCE",
    "ProblemText",
    "Translator",
    "is_message",
    "known_language",
    "negotiate",
    "nested",
]
