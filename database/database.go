// Package database holds the migrations: one global order, the part of the house in each file's name.
package database

import "embed"

// Migrations are the goose files, under migrations/.
//
//go:embed migrations/*.sql
var Migrations embed.FS
