"""What a page asks of the database."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

# In a test, a page's transaction is a savepoint inside the test's: it says nothing of the page.
_FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


def statements_of(gesture: Callable[[], object]) -> list[str]:
    """The statements that a gesture sends, in order, without those that open and close transactions."""
    # What is kept of former gestures is bounded.
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as captured:
        gesture()
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(_FRAME)]
