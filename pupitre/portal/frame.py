"""What stands around every signed-in page, made from who is here and what rooms offer to the menu."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.identity import Identity, Role, main_profile
from pupitre.directory.profiles import ROLE_OF_PROFILE, Profile
from pupitre.foundation import clock
from pupitre.foundation.ui.french import day_year, hour
from pupitre.foundation.ui.shell import Banner, MenuLine, School, Shell
from pupitre.portal.menu import FOLDED_FROM, entries_for, gathered, lines_of

FAMILY = "famille"
FAMILY_PATH = "/famille/"


def frame(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` for whoever is signed in. No query."""
    identity: Identity | None = getattr(request, "identity", None)
    if identity is None:
        return {}
    match = request.resolver_match
    place = (match.kwargs.get("uai") or match.kwargs.get("place") or "").upper() if match else ""
    if request.path.startswith(FAMILY_PATH) or (place and place not in identity.working_schools):
        place = FAMILY
    return {"shell": build_shell(identity, place or place_of(identity), request.path)}


def place_of(identity: Identity) -> str:
    """Where a person's home is when the address does not say: their family, or the first school where they work."""
    if identity.working_schools:
        return identity.working_schools[0]
    return FAMILY if identity.is_guardian else ""


def build_shell(identity: Identity, place: str, path: str) -> Shell:
    """The frame of a page. `place` is a UAI, or `FAMILY` for the page of all the children."""
    roles = identity.roles_in(place)
    profiles = frozenset(role.profile for role in roles) or frozenset({Profile.GUARDIAN})
    profile = main_profile(profiles)
    actor = identity.actor(place)
    home = home_url(identity, place)
    entries = entries_for(profiles, actor.capabilities if actor else frozenset(), place if roles else "")
    # « / » is the home of the first place, whose own address is longer when there are several.
    is_home = path in ("/", home, f"/{place}/")
    first = MenuLine(_home_label(profile), "accueil", home, is_home, short=_("Accueil"))
    others = lines_of(entries, path, identity.counts)
    tabs = [first, *(line for line, entry in zip(others, entries, strict=True) if entry.tab)]
    return Shell(
        role=ROLE_OF_PROFILE[Profile(profile)],
        who=str(identity.user),
        name=identity.display_name,
        subtitle=_subtitle(roles, profile),
        home_url=home,
        account_url=reverse("accounts:account"),
        sign_out_url=reverse("accounts:sign_out"),
        schools=_schools(identity, place),
        menu=gathered(first, others, entries),
        folded=len(others) >= FOLDED_FROM,
        tabs=tuple(tabs[:4]),
        search_url=reverse("directory:search", args=[place]) if actor and actor.has("directory.search") else "",
        banners=_banners(),
        bell=next((line for line in others if line.icon == "cloche"), None),
        live_url=reverse("notifications:events") if any(line.counter for line in others) else "",
    )


def home_url(identity: Identity, place: str) -> str:
    """The home of a place; `/` when the person has only one."""
    if len(_places(identity)) < 2:
        return "/"
    return f"/{place}/"


def arrange_url(place: str) -> str:
    """Where a person arranges the home of a place."""
    return reverse("portal:arrange_family") if place == FAMILY else reverse("portal:arrange", args=[place])


def _places(identity: Identity) -> list[str]:
    return identity.working_schools + ([FAMILY] if identity.is_guardian else [])


def _home_label(profile: str) -> str:
    return _("Ma journée") if profile in (Profile.STUDENT, Profile.TEACHER, Profile.SUPPORT) else _("Accueil")


def _subtitle(roles: list[Role], profile: str) -> str:
    for role in roles:
        if role.profile == profile:
            label = str(Profile(profile).label)
            return f"{label} · {role.function}" if role.profile == Profile.STUDENT else role.function or label
    return str(Profile.GUARDIAN.label)


def _schools(identity: Identity, place: str) -> tuple[School, ...]:
    named = {uai: roles[0] for uai, roles in identity.schools.items()}
    schools = [
        School(named[uai].name, named[uai].town, home_url(identity, uai), uai == place)
        for uai in identity.working_schools
    ]
    if identity.is_guardian:
        wards = [role for role in identity.roles or () if role.profile == Profile.GUARDIAN]
        one = len(wards) == 1
        name = wards[0].name if one else _("%(count)s établissements") % {"count": len(wards)}
        town = wards[0].town if one else _("Mes enfants")
        schools.append(School(name, town, home_url(identity, FAMILY), place == FAMILY or not schools))
    return tuple(schools)


def _banners() -> tuple[Banner, ...]:
    banners = []
    if clock.is_shifted():
        now = clock.now()
        text = _("L’horloge de ce serveur est réglée au %(day)s, %(hour)s.") % {"day": day_year(now), "hour": hour(now)}
        banners.append(Banner(text, "warn", "horloge"))
    if settings.DEMO:
        banners.append(Banner(_("Démonstration : toutes les personnes sont inventées."), "info", "info"))
    return tuple(banners)
