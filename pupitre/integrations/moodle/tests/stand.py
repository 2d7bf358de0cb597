"""A stand-in for a Moodle on this machine: it answers in the shapes recorded from a real Moodle 4.5.6 (`recorded/`).

It keeps what it is told, as the real one did: an account is found again by its number, a row refused refuses its batch.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "0123456789abcdef0123456789abcdef"
_RECORDED = Path(__file__).parent / "recorded"
_PIECES = re.compile(r"[^\[\]]+")


def recorded(name: str) -> Any:
    """An answer as it was recorded."""
    return json.loads((_RECORDED / f"{name}.json").read_text())


class Stand:
    """What the stand-in holds, and what it was asked: `heard` names the functions, in order."""

    def __init__(self) -> None:
        self.url = ""
        self._numbers = count()
        self.heard: list[str] = []
        self.asked: list[dict[str, Any]] = []
        self.users: list[dict[str, Any]] = []
        self.cohorts: list[dict[str, Any]] = []
        self.members: dict[int, set[int]] = {}
        self.categories: list[dict[str, Any]] = []
        self.courses: list[dict[str, Any]] = []
        self.enrolled: dict[int, dict[int, set[int]]] = {}
        self.grades: Any = recorded("grades")
        # The only course that has some; 0: all.
        self.grades_of = 0
        self.deadlines: Any = recorded("deadlines")
        self.courses_of: Any = recorded("courses_of")
        # Functions that the token lacks, and user names that are refused.
        self.lacks: set[str] = set()
        self.refuses: set[str] = set()
        # Instead of an answer: (status, headers, body).
        self.instead: tuple[int, dict[str, str], bytes] | None = None
        # It takes the line and says nothing, until the end of the test.
        self.hangs = False
        self.leave = threading.Event()
        # Shuts its port for good.
        self.fall: Callable[[], None] = lambda: None

    def answer(self, fields: list[tuple[str, str]]) -> Any:
        """What the function that is asked for answers."""
        arguments = _nested(fields)
        name = arguments.pop("wsfunction")
        if arguments.pop("wstoken") != TOKEN:
            return recorded("wrong_token")
        self.heard.append(name)
        self.asked.append(arguments)
        if name in self.lacks:
            return recorded("no_function")
        act: Callable[[dict[str, Any]], Any] = getattr(self, name)
        return act(arguments)

    def user(self, username: str) -> dict[str, Any]:
        """An account, by its user name."""
        return next(each for each in self.users if each["username"] == username)

    def core_webservice_get_site_info(self, _a: dict[str, Any]) -> Any:
        info = recorded("site_info")
        info["functions"] = [each for each in info["functions"] if each["name"] not in self.lacks]
        return info

    def core_user_get_users_by_field(self, a: dict[str, Any]) -> Any:
        return [each for each in self.users if str(each[a["field"]]) in a.get("values", ())]

    def core_user_create_users(self, a: dict[str, Any]) -> Any:
        if any(each["username"] in self.refuses for each in a["users"]):
            return recorded("refused_row")
        new = [recorded("user") | {"suspended": False} | each for each in a["users"]]
        for each in new:
            each["id"] = 100 + next(self._numbers)
            self.users.append(each)
        return [{"id": each["id"], "username": each["username"]} for each in new]

    def core_user_update_users(self, a: dict[str, Any]) -> Any:
        for row in a["users"]:
            user = next(each for each in self.users if each["id"] == int(row["id"]))
            user.update({key: value for key, value in row.items() if key not in ("id", "suspended")})
            user["suspended"] = row.get("suspended", str(int(user["suspended"]))) == "1"
        return recorded("updated")

    def core_cohort_get_cohorts(self, _a: dict[str, Any]) -> Any:
        return self.cohorts

    def core_cohort_create_cohorts(self, a: dict[str, Any]) -> Any:
        new = [
            recorded("cohort")
            | {"name": each["name"], "idnumber": each["idnumber"], "id": 20 + len(self.cohorts) + place}
            for place, each in enumerate(a["cohorts"])
        ]
        self.cohorts += new
        return new

    def core_cohort_update_cohorts(self, a: dict[str, Any]) -> Any:
        for row in a["cohorts"]:
            next(each for each in self.cohorts if each["id"] == int(row["id"]))["name"] = row["name"]

    def core_cohort_get_cohort_members(self, a: dict[str, Any]) -> Any:
        return [
            {"cohortid": int(each), "userids": sorted(self.members.get(int(each), ()))}
            for each in a.get("cohortids", ())
        ]

    def core_cohort_add_cohort_members(self, a: dict[str, Any]) -> Any:
        for each in a["members"]:
            self.members.setdefault(int(each["cohorttype"]["value"]), set()).add(int(each["usertype"]["value"]))
        return recorded("updated")

    def core_cohort_delete_cohort_members(self, a: dict[str, Any]) -> Any:
        for each in a["members"]:
            self.members[int(each["cohortid"])].discard(int(each["userid"]))

    def core_course_get_categories(self, a: dict[str, Any]) -> Any:
        return [each for each in self.categories if each["idnumber"] == a["criteria"][0]["value"]]

    def core_course_create_categories(self, a: dict[str, Any]) -> Any:
        new = [
            recorded("category") | {"name": each["name"], "idnumber": each["idnumber"], "id": 30 + len(self.categories)}
            for each in a["categories"]
        ]
        self.categories += new
        return [{"id": each["id"], "name": each["name"]} for each in new]

    def core_course_get_courses_by_field(self, a: dict[str, Any]) -> Any:
        found = [each for each in self.courses if str(each[a["field"]]) == a["value"]]
        return {"courses": found, "warnings": []}

    def core_course_create_courses(self, a: dict[str, Any]) -> Any:
        new = []
        for each in a["courses"]:
            new.append(recorded("course")["courses"][0] | each | {"id": 40 + next(self._numbers)})
            self.courses.append(new[-1])
        return [{"id": each["id"], "shortname": each["shortname"]} for each in new]

    def core_enrol_get_enrolled_users(self, a: dict[str, Any]) -> Any:
        course = int(a["courseid"])
        if not any(each["id"] == course for each in self.courses):
            return recorded("no_course")
        row = recorded("enrolled")
        return [
            row | {"id": user, "roles": [row["roles"][0] | {"roleid": role} for role in sorted(roles)]}
            for user, roles in self.enrolled.get(course, {}).items()
        ]

    def enrol_manual_enrol_users(self, a: dict[str, Any]) -> Any:
        for each in a["enrolments"]:
            self.enrolled.setdefault(int(each["courseid"]), {}).setdefault(int(each["userid"]), set()).add(
                int(each["roleid"])
            )

    def enrol_manual_unenrol_users(self, a: dict[str, Any]) -> Any:
        for each in a["enrolments"]:
            self.enrolled[int(each["courseid"])].pop(int(each["userid"]), None)

    def core_enrol_get_users_courses(self, _a: dict[str, Any]) -> Any:
        return self.courses_of

    def core_calendar_get_action_events_by_timesort(self, _a: dict[str, Any]) -> Any:
        return self.deadlines

    def gradereport_user_get_grade_items(self, a: dict[str, Any]) -> Any:
        return self.grades if self.grades_of in (0, int(a["courseid"])) else {"usergrades": [], "warnings": []}


@contextmanager
def standing() -> Iterator[Stand]:
    """A stand-in that answers on a port of this machine."""
    stand = Stand()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            if stand.hangs:
                stand.leave.wait(10)
            status, headers, sent = stand.instead or (
                200,
                {"Content-Type": "application/json"},
                json.dumps(stand.answer(parse_qsl(body, keep_blank_values=True))).encode(),
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                """Whoever asked has left: they waited long enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def fall() -> None:
        server.shutdown()
        server.server_close()

    stand.fall = fall
    yield stand
    stand.leave.set()
    fall()


def _nested(fields: list[tuple[str, str]]) -> dict[str, Any]:
    """`users[0][username]=…` read as PHP does."""
    root: dict[str, Any] = {}
    for name, value in fields:
        *path, last = _PIECES.findall(name)
        place = root
        for piece in path:
            place = place.setdefault(piece, {})
        place[last] = value
    return {name: _listed(value) for name, value in root.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    rows = {key: _listed(inner) for key, inner in value.items()}
    return list(rows.values()) if all(key.isdecimal() for key in rows) else rows
