"""Files chosen in a form, with a script or without. A room's view does three things:

    picking = pick(request, "messaging.message")     # for a GET and for a POST
    if not form.is_valid() or picking.problems: …    # 422: show the form again with the same `picking`, nothing is lost
    attach(upload_ids=picking.ids, target=message, actor=request.actor)

and its template `{{ picker(picking, uai) }}` (files/_picker.html) inside a form `enctype="multipart/form-data"`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from django.core.files.uploadedfile import UploadedFile

from pupitre.files.models import StoredFile
from pupitre.files.queries import limits_of, own_files, waiting_files
from pupitre.files.refusals import Interrupted, Refusal, TooMany
from pupitre.files.services.plain import arrived_whole, keep_plain
from pupitre.files.words import weight
from pupitre.foundation.actor import ActorRequest

FILES, TICKED = "files", "uploads"
"""Names of the fields: what a plain form sends, and the numbers of what is already here."""


@dataclass(slots=True)
class Picking:
    """What was chosen: `kept` is here and ticked, `waiting` is here and not ticked; `problems` says what was not taken."""

    purpose: str
    largest: int
    most: int
    kept: list[StoredFile] = field(default_factory=list)
    waiting: list[StoredFile] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        """For `attach`."""
        return [file.pk for file in self.kept]

    @property
    def limit(self) -> str:
        """« 25 Mo »."""
        return weight(self.largest)


def pick(request: ActorRequest, purpose: str = "", held: Sequence[int] = ()) -> Picking:
    """What this request says of the picker of a form. On a POST, files sent with the form are kept at once.

    `purpose` is the key of a `FileOwner`, whose limits hold; without one, files are deposited for later. What is refused is
    told in `problems`, the rest is kept. `held`: what a draft already held, ticked when the page is not being sent.
    """
    largest, most = limits_of(purpose)
    picking = Picking(purpose, largest, most)
    if request.method == "POST":
        ticked = [int(value) for value in request.POST.getlist(TICKED) if value.isdecimal() and len(value) < 19]
        picking.kept = own_files(request.actor, ticked)
        _take_plain(request, picking)
    else:
        picking.kept = own_files(request.actor, held)
    if purpose:
        kept = set(picking.ids)
        picking.waiting = [file for file in waiting_files(request.actor, purpose) if file.pk not in kept]
    return picking


def _take_plain(request: ActorRequest, picking: Picking) -> None:
    sent = cast("list[UploadedFile]", request.FILES.getlist(FILES))
    if not arrived_whole(request):
        picking.problems.append(str(Interrupted()))
        return
    if len(picking.kept) + len(sent) > picking.most:
        picking.problems.append(str(TooMany(len(picking.kept) + len(sent), picking.most)))
        return
    for file in sent:
        try:
            kept = keep_plain(file, picking.purpose, actor=request.actor)
        except Refusal as refusal:
            picking.problems.append(str(refusal))
        else:
            picking.kept += [] if kept in picking.kept else [kept]
