import logging
import sys

from config.logs import LineFormatter


def line_of(error: Exception) -> str:
    try:
        raise error
    except Exception:  # noqa: BLE001 - whatever it is, as the server does
        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, "Internal: %s", ("/x",), sys.exc_info()
        )
    return LineFormatter().format(record)


def test_a_failure_is_one_line_that_names_nobody():
    line = line_of(ValueError("Inès Belkacem, née le 31 mars"))
    assert "\n" not in line
    assert "ValueError" in line
    assert "test_logs.py:" in line
    assert "Inès" not in line
