-- Loads the reference tables the questions join: no geometry here, codes as text.
-- Variable: reference, the folder of the Parquet files.
-- belongs(commune_code, territory_kind, territory_code): which territories hold each commune,
-- a commune holding itself.
-- catalysts: no row. A question brings its own table of that name, which its connection alone sees
-- in the place of this one; its columns are those of « _searchable » in geo/directory/directory.py.
create table catalysts (
    catalyst_id varchar,
    position bigint,
    practices varchar[],
    location_kind varchar,
    location_code varchar
);

create table communes as
    select * exclude (geometry, postcodes)
    from read_parquet(getvariable('reference') || '/communes.parquet');

create table belongs as
    select commune_code, territory_kind, territory_code
    from read_parquet(getvariable('reference') || '/membership.parquet')
    union all
    select commune_code, 'commune', commune_code from communes;

create table territories as
    select * exclude (geometry)
    from read_parquet(getvariable('reference') || '/territories.parquet')
    union all by name
    select
        'commune' as territory_kind,
        commune_code as territory_code,
        commune_name as territory_name,
        population,
        1 as commune_count,
        longitude,
        latitude,
        area_km2
    from communes;

create table adjacency as
    from read_parquet(getvariable('reference') || '/adjacency.parquet');

-- Which catalysts stand in which territories of a kind?
-- One known to its commune stands where the commune does; one known only to its département or
-- région stands in the territories that hold every commune of that area.
create macro standing_in(kind) as table
    with holding as (
        select area.territory_kind, area.territory_code, b.territory_code as holder_code
        from territories as area
        inner join belongs as location
            on location.territory_kind = area.territory_kind
            and location.territory_code = area.territory_code
        inner join belongs as b
            on b.commune_code = location.commune_code and b.territory_kind = kind
        where (area.territory_kind, area.territory_code) in (
            select (location_kind, location_code) from catalysts
        )
        group by area.territory_kind, area.territory_code, b.territory_code, area.commune_count
        having count(*) = area.commune_count
    )

    select c.catalyst_id, c.position, c.practices, h.holder_code as territory_code
    from catalysts as c
    inner join holding as h
        on h.territory_kind = c.location_kind and h.territory_code = c.location_code;
