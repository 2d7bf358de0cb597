"""What a lycée copies into its booklet (LSL), as a table."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pupitre.foundation import audit
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.spreadsheets import CSV, as_csv
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.integrations.lsu.lsl import YearFacts, tables_of
from pupitre.integrations.lsu.models import BookletSubject
from pupitre.integrations.lsu.policies import MANAGE
from pupitre.integrations.lsu.queries.lycee import Matches, years_of
from pupitre.integrations.lsu.queries.lycee_subjects import skills_of_year, texts_of
from pupitre.integrations.lsu.queries.terms import drafts_of


@require_safe
def table(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    term = term_asked(terms_of_year(), request.GET.get("periode", ""))
    if term is None:
        raise Http404
    audit.record(request.actor, "lsu.prepare_lsl", term)
    headers = {"Content-Disposition": f'attachment; filename="lsl_{uai}_{term.code}.csv"', "Cache-Control": "no-store"}
    year = term.school_year_id
    facts = YearFacts(years_of([year]), texts_of(year), skills_of_year(year))
    tables = tables_of(drafts_of(term, uai), Matches(BookletSubject.objects.all()), facts)
    return HttpResponse(as_csv(tables), content_type=CSV, headers=headers)
