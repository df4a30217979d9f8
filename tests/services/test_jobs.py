"""What a job keeps of what stopped it."""

from app.domain.problem import Problem, Where
from app.services.jobs import problems_of, problems_text


def test_what_stopped_a_job_is_kept_with_the_place_in_its_file() -> None:
    faults = (
        Problem("E574", Where("config/places/lakeside/print/appraisal.html", 2), {"reason": "recursion"}),
        Problem("E576"),
    )
    assert problems_of(problems_text(*faults)) == faults
    assert problems_of("E479") == (Problem("E479"),)
