"""What a service asks of the sign-on page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of `/cas/login`. `school` is a UAI that the page of choices, or a launcher, has already settled."""

    service: str
    renew: bool
    gateway: bool
    by_post: bool
    school: str
    mark: str

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """Read a query. A switch counts when it is there with any value, as CAS says it (§2.1.1)."""
        return cls(
            service=query.get("service", ""),
            renew=_is_set(query, "renew"),
            gateway=_is_set(query, "gateway"),
            by_post=query.get("method", "").upper() == "POST",
            school=query.get("ecole", "").upper(),
            mark=query.get("depuis", ""),
        )

    @property
    def may_show(self) -> bool:
        """Whether a page may be shown to the person: `renew` wins over `gateway`."""
        return self.renew or not self.gateway

    def url(self, *, school: str = "", mark: str = "") -> str:
        """This very request, with a school chosen or a mark."""
        facts = {
            "service": self.service,
            "renew": "true" if self.renew else "",
            "gateway": "true" if self.gateway else "",
            "method": "POST" if self.by_post else "",
            "ecole": school or self.school,
            "depuis": mark or self.mark,
        }
        return f"{reverse('cas:login')}?{urlencode({name: value for name, value in facts.items() if value})}"


def _is_set(query: QueryDict, name: str) -> bool:
    return query.get(name, "").lower() not in ("", "false")
