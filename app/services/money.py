"""An amount of money as a cell or a text: it keeps its two decimals, as on a receipt."""

from decimal import Decimal, InvalidOperation
from typing import Any

from app.i18n.formats import CENTS


class Money(float):
    """A number of which two decimals are shown, zeros too."""

    @staticmethod
    def of(data: Any) -> "Money | str":  # noqa: ANN401 - JSON is any of its types
        """Return an answer's amount; as it stands, where it isn't one, or has more decimals or digits than that."""
        text = str(data)
        try:
            exact = Decimal(text)
        except InvalidOperation:
            return text
        told = Money(exact)
        return told if exact.is_finite() and Decimal(str(told)) == exact else text

    def __str__(self) -> str:
        """Return it as a file has it: `18.20`."""
        return f"{self:.{CENTS}f}"
