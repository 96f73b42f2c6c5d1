package walls_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/test/walls"
)

// TestClinicalTablesRefused signs in as the employer's and the growth login and tries every command on every clinical
// table: not an empty answer but no privilege.
func TestClinicalTablesRefused(t *testing.T) {
	c, d := read(t, connect(t))
	db := world.Open(t)
	tried := 0
	for _, wall := range []access.Wall{access.Employer, access.Growth} {
		for _, table := range c.Tables {
			if d.Class(table.Name) != walls.Service {
				continue
			}
			for _, sql := range everyCommand(c, table.Name) {
				tried++
				err := db.InTenant(context.Background(), access.SystemActor(wall, uuid.New(), uuid.New()), func(tx *postgres.Tx) error {
					_, err := tx.Exec(context.Background(), sql)
					return err
				})
				if postgres.Code(err) != postgres.PermissionDenied {
					t.Errorf("%s login: %s: %v, want permission denied", wall, sql, err)
				}
			}
		}
	}
	if tried < 2*15*5 {
		t.Errorf("only %d commands tried: the declaration lists too few clinical tables", tried)
	}
	t.Logf("%d commands refused", tried)
}

func everyCommand(c *walls.Catalogue, table string) []string {
	out := []string{
		fmt.Sprintf("select 1 from %s", table),
		fmt.Sprintf("insert into %s default values", table),
		fmt.Sprintf("delete from %s", table),
		fmt.Sprintf("truncate %s", table),
		fmt.Sprintf("copy %s to stdout", table),
		fmt.Sprintf("lock table %s", table),
	}
	for _, col := range c.Columns {
		if col.Table == table {
			out = append(out, fmt.Sprintf("select %s from %s", col.Name, table), fmt.Sprintf("update %s set %[2]s = %[2]s", table, col.Name))
		}
	}
	return out
}
