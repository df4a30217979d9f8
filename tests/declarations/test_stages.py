"""Steps of a load are taken over where they rest on the very same things."""

from itertools import count

from app.declarations.stages import Stages


def test_a_step_is_taken_over_for_the_same_objects_and_equal_values_alone() -> None:
    stages, times = Stages(), count(1)

    def step(*objects: object, values: object = ()) -> int:
        return stages.of("step", objects, values, lambda: next(times))

    one, other = [1], [1]  # equal, and not the same
    assert [step(one), step(one), step(other), step(other, one), step(other, one)] == [1, 1, 2, 3, 3]
    assert [step(one, values={"a": 1}), step(one, values={"a": 1}), step(one, values={"a": 2})] == [4, 4, 5]


def test_what_steps_gave_is_forgotten_when_there_are_too_many() -> None:
    stages = Stages()
    for number in range(5_000):
        stages.of(str(number), (), (), lambda: "")
    assert stages.of("4999", (), (), lambda: "again") == ""
    assert stages.of("0", (), (), lambda: "again") == "again"
