package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// PostgreSQL's statistics ignore row security: they tell every login how many rows each table was given, so whoever polls them
// counts what another wing writes. They are for superusers and for monitoring (pg_monitor, which has pg_read_all_stats) alone.
//
// Taking them away needs a superuser, which an administrator of a rented database is not. Then TellsRows says so, to whoever migrates
// and to the log of whoever serves.

// told lists what everybody may still ask of the statistics: o is the object as SQL names it, kind what it is.
const told = `select 'table' as kind, c.oid::regclass::text as o from pg_catalog.pg_class c
 where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'v' and c.relname ~ '^pg_stat(s|io)?(_|$)' and has_table_privilege('public', c.oid, 'select')
 union all
 select 'function', p.oid::regprocedure::text from pg_catalog.pg_proc p
 where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ '^pg_stat_get_' and has_function_privilege('public', p.oid, 'execute')`

// closeStatistics takes the statistics from everybody, where it may.
func closeStatistics(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `select pg_advisory_lock(7370);
do $$
declare x record;
begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    for x in `+told+` loop
      execute format('revoke all on %s %s from public', x.kind, x.o);
      execute format('grant %s on %s %s to pg_read_all_stats', case x.kind when 'table' then 'select' else 'execute' end, x.kind, x.o);
    end loop;
  end if;
end $$;
select pg_advisory_unlock(7370)`)
	if err != nil {
		return fmt.Errorf("close the statistics: %w", err)
	}
	return nil
}

// TellsRows says whether the database still tells every login how many rows each table was given, for any login's address.
func TellsRows(ctx context.Context, dsn string) (tells bool, err error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return false, fmt.Errorf("connect to look at the statistics: %w", err)
	}
	defer conn.Close(ctx)
	if err := conn.QueryRow(ctx, `select exists (`+told+`)`).Scan(&tells); err != nil {
		return false, fmt.Errorf("look at the statistics: %w", err)
	}
	return tells, nil
}
