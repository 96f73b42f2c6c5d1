package sample

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// chunk is how many rows go in one statement: about a megabyte, well within the 20 seconds a statement may take.
const chunk = 2000

// insert adds rows to a table in their order, under the login, the policies and the triggers of the transaction.
// A row is a struct whose JSON names are the columns. COPY would be faster, but PostgreSQL refuses it on tables with
// row policies.
func insert[T any](ctx context.Context, tx *postgres.Tx, table string, rows []T) error {
	sql := insertSQL[T](table)
	for len(rows) > 0 {
		n := min(chunk, len(rows))
		b, err := encode(rows[:n])
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sql, b); err != nil {
			return fmt.Errorf("insert %s: %w", table, err)
		}
		rows = rows[n:]
	}
	return nil
}

func encode[T any](rows []T) (string, error) {
	b, err := json.Marshal(rows)
	if err != nil {
		return "", fmt.Errorf("encode rows: %w", err)
	}
	return string(b), nil
}

func insertSQL[T any](table string) string {
	c := strings.Join(columns(reflect.TypeFor[T]()), ", ")
	return "insert into " + table + " (" + c + ") select " + c + " from jsonb_populate_recordset(null::" + table + ", $1::jsonb)"
}

func columns(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			names = append(names, columns(f.Type)...)
		case name != "-":
			names = append(names, name)
		}
	}
	return names
}
