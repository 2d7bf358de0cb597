from django.db.models import Exists, OuterRef, Q

from pupitre.directory.guardians import links_to
from pupitre.directory.models import Membership
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.meetings.models import FamilyRequest, Meeting, MeetingGroup, MeetingTeacher, Wish

MANAGE = "meetings.manage"
_OUT = (Meeting.State.PREPARING,)


@policy("meetings.manage_meeting", Meeting)
def manage_meeting(actor: Actor) -> Q:
    """Prepare an evening, plan it, move appointments: those who hold the right."""
    return EVERYONE if actor.has(MANAGE) else NOBODY


@policy("meetings.join_meeting", Meeting)
def join_meeting(actor: Actor) -> Q:
    """Guardians whose child is invited, once wishes are open: of an invited class, or of the school when all are."""
    if Profile.GUARDIAN not in actor.profiles:
        return NOBODY
    seats = Membership.objects.filter(held_on(clock.today()), Exists(links_to(actor, "student__person")))
    invited = MeetingGroup.objects.filter(meeting=OuterRef("pk"))
    mine = Q(Exists(invited.filter(Exists(seats.filter(group=OuterRef("group"))))))
    return ~Q(state__in=_OUT) & (mine | (~Q(Exists(invited)) & Q(Exists(seats))))


@policy("meetings.view_meeting", Meeting)
def view_meeting(actor: Actor) -> Q:
    """Those who manage it; guardians invited and teachers who receive, once it is open."""
    if actor.has(MANAGE):
        return EVERYONE
    receives = MeetingTeacher.objects.filter(meeting=OuterRef("pk"), person=actor.person_id)
    return join_meeting(actor) | (~Q(state__in=_OUT) & Q(Exists(receives)))


@policy("meetings.view_request", FamilyRequest)
def view_request(actor: Actor) -> Q:
    """One's own; and one that is shared by another guardian of the same children, when every one of them is open to one."""
    not_mine = Wish.objects.filter(~Q(Exists(links_to(actor, "student__person"))), request=OuterRef("pk"))
    some = Wish.objects.filter(request=OuterRef("pk"))
    return Q(guardian=actor.person_id) | (Q(is_shared=True) & Q(Exists(some)) & ~Q(Exists(not_mine)))


@policy("meetings.receive", MeetingTeacher)
def receive(actor: Actor) -> Q:
    """The list of one's own evening, once published; those who manage see everybody's."""
    if actor.has(MANAGE):
        return EVERYONE
    return Q(person=actor.person_id, meeting__state=Meeting.State.PUBLISHED)


@policy("meetings.hold_wish", Wish)
def hold_wish(actor: Actor) -> Q:
    """Accept, refuse or give back an appointment: the family whose request it is, about a child open to them."""
    mine = FamilyRequest.objects.filter(view_request(actor), pk=OuterRef("request"))
    return Q(Exists(mine)) & Q(Exists(links_to(actor, "student__person")))
