from tests.doors import door

_STAFF = dict.fromkeys(("enseignante", "collegue", "cpe", "principal", "secretaire", "referent", "academie"), 200)
_MANAGE = dict.fromkeys(("principal", "referent"), 200)
_COLLEGE = {"uai": "college"}
_STUDENTS = {"uai": "college", "audience": "eleves"}
_MOVED = {
    "order": ["day", "needs", "work", "marks", "events", "outside"],
    "shown": ["day", "needs", "work", "marks", "events", "outside"],
    "up": "needs",
}

DOORS = [
    door("portal:home", everyone=200, anonymous=302),
    door("portal:family", parent=200, parent_voisin=200),
    door(
        "portal:school",
        at={"place": "college"},
        everyone=200,
        parent_voisin=404,
        enseignante_voisine=404,
        anonymous=302,
    ),
    door("portal:arrange_family", parent=200, parent_voisin=200),
    door("portal:arrange_family", "post", data={"reset": "1"}, parent=302, parent_voisin=302),
    door("portal:arrange", at={"place": "college"}, eleve=200, **_STAFF),
    door(
        "portal:arrange",
        "post",
        at={"place": "college"},
        data=_MOVED,
        # The home of the others is made of other blocks.
        eleve=200,
        **dict.fromkeys(_STAFF, 422),
    ),
    door("portal:school_homes", at=_COLLEGE, **_MANAGE),
    door("portal:school_home", at=_STUDENTS, **_MANAGE),
    door("portal:school_home", at={"uai": "college", "audience": "invites"}),
    door("portal:school_home", "post", at=_STUDENTS, data=_MOVED, **_MANAGE),
    door("portal:school_home", "post", at=_STUDENTS, data={"reset": "1"}, **dict.fromkeys(_MANAGE, 302)),
]
