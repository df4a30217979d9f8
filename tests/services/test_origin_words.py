"""Where a figure comes from, in the reader's words."""

import pytest

from app.i18n import Translator
from app.services.reasons.figures_used import Figure
from app.services.reasons.phrases import Phrase
from app.services.reasons.reason_words import origin_words

LABEL = Phrase("figure-times", {"line": "x"})


@pytest.mark.parametrize(
    ("assumed", "layer", "words"),
    [
        (False, {}, "from the text"),
        (False, {"zh": "湖畔社区", "en": "Lakeside"}, "set by Lakeside"),
        (True, {"zh": "湖畔社区", "en": "Lakeside"}, "assumed, to be confirmed by the community"),
    ],
)
def test_a_figure_is_the_texts_a_places_or_assumed(assumed: bool, layer: dict[str, str], words: str) -> None:
    figure = Figure(LABEL, "2", None, assumed, "", layer)
    assert origin_words(figure, Translator("en")) == words
