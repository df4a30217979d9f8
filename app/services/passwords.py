"""Passwords: what is asked of one, and argon2id hashes made off the event loop."""

import asyncio
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.problem import Problem

LEAST_LENGTH = 10
MOST_LENGTH = 200
"""Longer ones are refused, so that nobody makes the server hash megabytes."""

_LEAST_DIFFERENT = 5
_LEAST_WITHOUT_LOGIN = 6

# OWASP's first recommendation for argon2id (19 MiB, 2 passes, 1 lane): about 30 ms on a small machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# Bounds the memory that a burst of logins takes; the rest wait their turn.
_AT_ONCE = 4

# What people type first when told "at least ten characters"; compared without case.
_WELL_KNOWN = frozenset(
    {
        "1234567890", "12345678910", "0123456789", "0987654321", "9876543210", "1qaz2wsx3edc", "1q2w3e4r5t",
        "1q2w3e4r5t6y", "qwertyuiop", "qwerty12345", "asdfghjkl1", "password123", "password1234", "passw0rd123",
        "admin12345", "admin123456", "woaini1314", "woaini520520", "woaini1314520", "5201314520", "iloveyou123",
        "a1234567890", "abc1234567", "abcd123456", "zxcvbnm123", "gridbook123", "wanggeyuan", "contraseña123",
    }
)  # fmt: skip


def password_problem(password: str, login: str = "") -> Problem | None:
    """Return what is wrong with a new password of the account `login`, or None. Codes E921 to E925."""
    folded, name = _fold(password), _fold(login)
    if len(password) < LEAST_LENGTH:
        return Problem("E921", values={"least": LEAST_LENGTH}, field="password")
    if len(password) > MOST_LENGTH:
        return Problem("E922", values={"most": MOST_LENGTH}, field="password")
    if name and name in folded and len(folded.replace(name, "")) < _LEAST_WITHOUT_LOGIN:
        return Problem("E923", field="password")
    if folded in _WELL_KNOWN:
        return Problem("E924", field="password")
    if len(set(folded)) < _LEAST_DIFFERENT:
        return Problem("E925", field="password")
    return None


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


class Passwords:
    """Hashes and checks passwords in threads, few at once."""

    def __init__(self, hasher: PasswordHasher = _HASHER) -> None:
        """Use `hasher`; tests bring a fast one."""
        self._hasher = hasher
        self._turn = asyncio.Semaphore(_AT_ONCE)

    @cached_property
    def _nobody(self) -> str:
        """A hash that stands for one that isn't stored."""
        return self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """Return the hash to store."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, _normal(password))

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether `password` belongs to the hash; without a hash the same work is done, and the answer is no."""
        async with self._turn:
            return await asyncio.to_thread(self._verify, stored, password)

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def _verify(self, stored: str | None, password: str) -> bool:
        nobody = self._nobody  # made at the first question, whoever it is about: a command asks none
        try:
            self._hasher.verify(stored or nobody, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None


def _normal(password: str) -> str:
    """Return the password in one Unicode form (RFC 8265): keyboards differ in how they send an accent."""
    return unicodedata.normalize("NFC", password)
