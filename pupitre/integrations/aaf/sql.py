"""The statements of `staging`: tables of one transaction, and sets compared with sets."""

INCOMING = """drop table if exists aaf_incoming, aaf_touched, aaf_moved, aaf_now;
create temp table aaf_incoming (seq bigint, category smallint, key text, digest bigint, data bytea,
  places text[], adults text[], is_deleted boolean) on commit drop"""

COPY = "copy aaf_incoming (seq, category, key, digest, data, places, adults, is_deleted) from stdin (format binary)"

# The state of some records, as the archive itself has made it so far; no data: it is gone.
CURRENT = """
select distinct on (category, key) category, key, data from (
  select i.category, i.key, case when i.is_deleted then null else i.data end as data, i.seq
  from aaf_incoming i join unnest(%(categories)s::smallint[], %(keys)s::text[]) w(category, key) using (category, key)
  union all
  select r.category, r.key, r.data, 0 from aaf_record r
  join unnest(%(categories)s::smallint[], %(keys)s::text[]) w(category, key) using (category, key)
  where r.feed_id = %(feed)s and r.gone_on is null) said
order by category, key, seq desc"""

# Tables that grew in this very transaction are not known by the planner, which would go through them row by row.
AS_SETS = "set local enable_nestloop = off"
ONE_BY_ONE = "set local enable_nestloop = on"

READ = "select category, count(*) from aaf_incoming group by category"

DOUBLES = """select category, key from aaf_incoming group by category, key having count(*) > 1
order by category, key limit 50"""

LAST_ONES = """
create index on aaf_incoming (category, key, seq);
analyze aaf_incoming;
delete from aaf_incoming i using (
  select category, key, max(seq) as seq from aaf_incoming group by category, key having count(*) > 1) last
where i.category = last.category and i.key = last.key and i.seq < last.seq"""

TOUCHED = """
create temp table aaf_touched on commit drop as
select i.category, i.key, coalesce(r.adults, '{}') as former_adults,
  case when i.is_deleted then 'gone' when r.id is null or r.gone_on is not null then 'new' else 'changed' end as what,
  i.is_deleted
from aaf_incoming i
left join aaf_record r on r.feed_id = %(feed)s and r.category = i.category and r.key = i.key
where case when i.is_deleted then r.gone_on is null and r.id is not null
  else r.id is null or r.digest <> i.digest or r.gone_on is not null end"""

UNSPOKEN = """select distinct category from aaf_record where feed_id = %(feed)s and gone_on is null
  and category <> all (array(select distinct category from aaf_incoming)) order by 1"""

LEFT_OUT = """
insert into aaf_touched
select r.category, r.key, r.adults, 'gone', false from aaf_record r
where r.feed_id = %(feed)s and r.gone_on is null and r.category = any (array(select distinct category from aaf_incoming))
  and not exists (select from aaf_incoming i where i.category = r.category and i.key = r.key)"""

KEEP = """
insert into aaf_record (feed_id, category, key, data, digest, places, adults, gone_on, is_deleted)
select %(feed)s, i.category, i.key, i.data, i.digest, i.places, i.adults, null, false
from aaf_incoming i join aaf_touched t using (category, key) where not i.is_deleted
on conflict (feed_id, category, key) do update set data = excluded.data, digest = excluded.digest,
  places = excluded.places, adults = excluded.adults, gone_on = null, is_deleted = false"""

LEAVE = """
update aaf_record r set gone_on = %(today)s, is_deleted = t.is_deleted from aaf_touched t
where t.what = 'gone' and r.feed_id = %(feed)s and r.category = t.category and r.key = t.key"""

# Those whose places may have changed: the people touched, and the adults of the students touched, then and now.
MOVED = """
create temp table aaf_moved on commit drop as
select category, key from aaf_touched where category in (1, 4, 5, 6)
union select 5, unnest(former_adults) from aaf_touched where category = 4
union select 5, unnest(i.adults) from aaf_touched t join aaf_incoming i using (category, key) where t.category = 4;
analyze aaf_moved"""

NOW = """
create temp table aaf_now on commit drop as
select r.category, r.key, unnest(r.places) as structure, r.digest
from aaf_record r join aaf_moved m using (category, key)
where r.feed_id = %(feed)s and r.gone_on is null and r.category <> 5
union
select 5::smallint, g.key, w.structure, g.digest
from (select unnest(s.adults) as adult, s.places from aaf_record s
      where s.feed_id = %(feed)s and s.category = 4 and s.gone_on is null) a
cross join lateral unnest(a.places) w(structure)
join aaf_moved m on m.category = 5 and m.key = a.adult
join aaf_record g on g.feed_id = %(feed)s and g.category = 5 and g.key = a.adult and g.gone_on is null;
analyze aaf_now"""

PLACE = """
insert into aaf_placement as p (feed_id, structure, category, key, wanted)
select %(feed)s, structure, category, key, digest from aaf_now
on conflict (feed_id, structure, category, key) do update set wanted = excluded.wanted, due_on = null
where p.wanted is distinct from excluded.wanted"""

# Whoever changed school, or was removed by name, leaves now; whoever is only left out of a complete, a few days later.
DISPLACE = """
update aaf_placement p set wanted = null,
  due_on = case when r.gone_on is null or r.is_deleted then %(today)s::date else %(leave_on)s::date end
from aaf_moved m
left join aaf_record r on r.feed_id = %(feed)s and r.category = m.category and r.key = m.key
where p.feed_id = %(feed)s and p.category = m.category and p.key = m.key and p.wanted is not null
  and not exists (select from aaf_now n where n.category = p.category and n.key = p.key and n.structure = p.structure)"""

# What no school took has nothing to be taken back; an adult leaves with the links of the child.
FORGET = """
delete from aaf_placement where feed_id = %(feed)s and wanted is null and (taken is null or category in (1, 5))"""

WAITING = """
select structure,
  count(*) filter (where category = 4 and wanted is not null) as students,
  count(*) filter (where category = 5 and wanted is not null) as guardians,
  count(*) filter (where category = 6 and wanted is not null) as staff,
  count(*) filter (where wanted is null) as leaving
from aaf_placement
where feed_id = %(feed)s and (wanted is null or taken is null or wanted <> taken)
  and (wanted is not null or coalesce(due_on, %(today)s::date) <= %(today)s::date)
group by structure order by structure"""

# The students whose adults wait, each in the structure where these do; those who wait themselves are told anyway. Adults are the
# keys of an object, looked up one by one: joined as rows, the planner would go through thousands of them for each student.
CHILDREN = """
select p.structure, p.key
from unnest(%(structures)s::text[], %(adults)s::text[]::jsonb[]) w(structure, adults)
cross join lateral (
  select structure, key from aaf_placement
  where feed_id = %(feed)s and structure = w.structure and category = 4 and wanted = taken offset 0) p
join aaf_record s on s.feed_id = %(feed)s and s.category = 4 and s.key = p.key and s.gone_on is null
where w.adults ?| s.adults"""

TAKE = """
update aaf_placement p set taken = w.digest
from unnest(%(categories)s::smallint[], %(keys)s::text[], %(digests)s::bigint[]) w(category, key, digest)
where p.feed_id = %(feed)s and p.structure = %(structure)s and p.category = w.category and p.key = w.key
  and w.digest is not null"""

TAKE_LEAVING = """
delete from aaf_placement p
using unnest(%(categories)s::smallint[], %(keys)s::text[], %(digests)s::bigint[]) w(category, key, digest)
where p.feed_id = %(feed)s and p.structure = %(structure)s and p.category = w.category and p.key = w.key
  and w.digest is null and p.wanted is null"""

LOOK_AGAIN = """
update aaf_placement p set taken = null
from unnest(%(categories)s::smallint[], %(keys)s::text[]) w(category, key)
where p.feed_id = %(feed)s and p.structure = %(structure)s and p.category = w.category and p.key = w.key"""

FORGET_GONE = """
delete from aaf_record r where r.gone_on < %(before)s and not exists (
  select from aaf_placement p where p.feed_id = r.feed_id and p.category = r.category and p.key = r.key)"""
