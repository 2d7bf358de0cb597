"""Who calls, in one statement: the token, how often its agreement came, and whom it stands for."""

from functools import cache

from pupitre.directory.identity import identity_sql

_CALLER = """with held as materialized (
  select g.family, g.scope, g.session_key, g.establishment_id, c.service_id
  from oidc_grant g join oidc_client c on c.id = g.client_id
  join services_service s on s.id = c.service_id and s.ended_at is null and s.protocol = 'oidc'
  where g.digest = %(digest)s and g.kind = 'access' and g.expires_at > %(now)s),
paced as (
  insert into api_pace as p (family, began_at, calls) select family, %(now)s::timestamptz, 1 from held
  on conflict (family) do update set
    calls = case when p.began_at <= %(since)s then 1 else p.calls + 1 end,
    began_at = case when p.began_at <= %(since)s then excluded.began_at else p.began_at end
  returning calls, began_at)
select json_build_object('family', held.family, 'scope', held.scope, 'school', held.establishment_id,
  'service', held.service_id, 'calls', paced.calls, 'began_at', paced.began_at,
  'identity', ({identity})::json)::text
from held, paced"""


@cache
def caller() -> str:
    """Parameters: `digest` of the token, `now`, `today`, and `since`, before which a minute is over."""
    return _CALLER.replace("{identity}", identity_sql("(select session_key from held)"))
