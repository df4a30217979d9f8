"""The daily work's services, as pages are given them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.services.doorstep import Doorstep
from app.services.files import FileService
from app.services.first_steps import FirstStepsService
from app.services.notices import NoticesService
from app.services.registers.registers import Registers
from app.services.registers.subjects import SubjectsService
from app.services.submissions import Submissions
from app.services.today import TodayService


@dataclass(frozen=True, slots=True)
class WorkServices:
    """`controls` builds, by field type, what people answer a question with."""

    today: TodayService
    submissions: Submissions
    subjects: SubjectsService
    files: FileService
    controls: Mapping[str, Callable[..., Any]]
    doorstep: Doorstep
    notices: NoticesService
    registers: Registers
    first_steps: FirstStepsService
