from hypothesis import settings


def test_hypothesis_is_derandomised_and_writes_no_database_unless_long_fuzzing_is_asked_for() -> None:
    default = settings.get_profile("default")
    assert default.derandomize
    assert default.database is None
    assert default.deadline is None
    assert settings.get_profile("long").max_examples > 10 * default.max_examples
