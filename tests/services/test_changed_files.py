"""What differs between the files in force and those at hand can be shown, whatever bytes they hold."""

import json

from app.services.drafting.publish import changed_files


def test_a_file_that_is_not_utf_8_is_shown_as_far_as_it_goes() -> None:
    # As the reader of files gives a byte that isn't UTF-8.
    (change,) = changed_files({"rules/a.yaml": "times: 1\n"}, {"rules/a.yaml": "times: \udcff\n"})
    assert change.lines[-2:] == ("-times: 1", "+times: ?")
    assert json.dumps(change.lines, ensure_ascii=False).encode()
