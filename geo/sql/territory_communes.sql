-- Which communes make a territory?
-- Parameters: kind, code.
-- Columns: commune_code, commune_name, population, epci_code; the most populous first.
select c.commune_code, c.commune_name, c.population, c.epci_code
from belongs as b
inner join communes as c on c.commune_code = b.commune_code
where b.territory_kind = $kind and b.territory_code = $code
order by c.population desc, c.commune_code;
