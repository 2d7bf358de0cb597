"""What the invented Moodle answers to the few questions that homes ask it; anything else is refused as a real one refuses."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from demo.stands import TOKEN, moodle_url
from pupitre.foundation import clock

READ = ("core_webservice_get_site_info", "core_enrol_get_users_courses", "core_calendar_get_action_events_by_timesort")
_COURSES = {4: "Mathématiques, 4e B", 5: "Français, 4e B", 6: "SVT, 4e B"}
# Days from today, the course, what is to be done.
_DUE = (
    (1, 4, "Quiz : l’égalité de Pythagore"),
    (3, 5, "Déposer le plan de l’exposé"),
    (6, 6, "Légender le schéma du volcan"),
)


def answer_to(asked: Mapping[str, str]) -> Any:
    """The answer to one call of its web services, as JSON will say it."""
    name = asked.get("wsfunction", "")
    if asked.get("wstoken") != TOKEN:
        return _refused("moodle_exception", "invalidtoken")
    if name not in READ:
        return _refused("webservice_access_exception", "accessexception")
    if name == READ[0]:
        return {"sitename": "Moodle d’essai", "siteurl": moodle_url(), "userid": 2, "release": "4.5 (essai)",
                "functions": [{"name": each} for each in READ]}  # fmt: skip
    if name == READ[1]:
        return [{"id": number, "fullname": name} for number, name in _COURSES.items()]
    return {"events": [_deadline(number, *each) for number, each in enumerate(_DUE, 1)]}


def _deadline(number: int, days: int, course: int, title: str) -> dict[str, Any]:
    at = dt.datetime.combine(clock.today() + dt.timedelta(days=days), dt.time(18), clock.PARIS)
    return {
        "id": number,
        "timesort": int(at.timestamp()),
        "activityname": title,
        "url": f"{moodle_url()}mod/assign/view.php?id={number}",
        "course": {"fullname": _COURSES[course]},
    }


def _refused(exception: str, code: str) -> dict[str, str]:
    return {"exception": exception, "errorcode": code}
