"""What a page says after a gesture: a code in the address, never the text itself."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import plural


def notice_of(request: HttpRequest) -> tuple[str, str] | None:
    """What the address says was just done: a sentence and its level."""
    count = int(n) if (n := request.GET.get("n", "")).isdecimal() and len(n) < 9 else 0
    stayed = plural(count, _("entrée a servi depuis : elle reste"), _("entrées ont servi depuis : elles restent"))
    texts = {
        "motifs": (_("C’est retenu, pour ce fichier et les suivants."), "ok"),
        "nature": (_("Voici les colonnes de cette sorte de lignes : vérifiez-les avant de lire le fichier."), "info"),
        "annule": (_("La reprise est annulée : tout est revenu comme avant."), "ok")
        if not count
        else (_("La reprise est annulée. %(stayed)s.") % {"stayed": stayed}, "warn"),
        "abandon": (_("Le fichier est abandonné : rien n’a été repris, il est effacé."), "ok"),
        "deja": (_("C’était déjà fait : rien n’a été fait deux fois."), "info"),
        "trop-tard": (
            _("Une reprise s’annule pendant 7 jours. Passé ce délai, corrigez les dossiers un à un."),
            "warn",
        ),
    }
    return texts.get(request.GET.get("dit", ""))
