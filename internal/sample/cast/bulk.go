package cast

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Chunk is how many rows go in one statement: about a megabyte, well within the 20 seconds a statement may take.
const Chunk = 2000

// Insert adds rows to a table in their order, under the login, the policies and the triggers of the transaction.
// A row is a struct whose JSON names are the columns. COPY would be faster, but PostgreSQL refuses it on tables with
// row policies.
func Insert[T any](ctx context.Context, tx *postgres.Tx, table string, rows []T) error {
	sql := InsertSQL[T](table)
	for len(rows) > 0 {
		n := min(Chunk, len(rows))
		b, err := Encode(rows[:n])
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

// Encode gives rows as the one argument of InsertSQL.
func Encode[T any](rows []T) (string, error) {
	b, err := json.Marshal(rows)
	if err != nil {
		return "", fmt.Errorf("encode rows: %w", err)
	}
	return string(b), nil
}

// InsertSQL is the statement that adds encoded rows to a table.
func InsertSQL[T any](table string) string {
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

// FirstError gives the first of several errors. The statements after a failed one fail too, since its transaction is
// over, so nothing is written by evaluating them.
func FirstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
