-- Loads the reference tables the questions join: no geometry here, codes as text.
-- Variable: reference, the folder of the Parquet files.
-- belongs(commune_code, territory_kind, territory_code): which territories hold each commune,
-- a commune holding itself.
-- catalysts, areas, scopes, practice_lists: no row. A question brings its own tables of those names,
-- which its connection alone sees in the place of these: see geo/directory/question_tables.py.
-- Where a catalyst stands, what it covers and what it does are numbers; three tables tell what each
-- stands for. Two lists may say the same.
create table catalysts (
    catalyst_id varchar,
    profile varchar,
    position bigint,
    scope integer,
    area integer,
    practice_list integer
);

create table areas (area integer, location_kind varchar, location_code varchar);

create table scopes (scope integer, scope_kind varchar, scope_code varchar);

create table practice_lists (practice_list integer, practices varchar[]);

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

-- Which territories of a kind hold the whole of an area that a catalyst may be known to?
-- Columns: location_kind, location_code, territory_code.
create macro holding(kind) as table
    select
        area.territory_kind as location_kind,
        area.territory_code as location_code,
        b.territory_code
    from territories as area
    inner join belongs as location
        on location.territory_kind = area.territory_kind
        and location.territory_code = area.territory_code
    inner join belongs as b
        on b.commune_code = location.commune_code and b.territory_kind = kind
    where area.territory_kind in ('commune', 'departement', 'region')
    group by area.territory_kind, area.territory_code, b.territory_code, area.commune_count
    having count(*) = area.commune_count;
