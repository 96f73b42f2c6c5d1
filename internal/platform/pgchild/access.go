package pgchild

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

// port is part of the socket's name and of nothing else: no network port is opened.
const port = "5432"

// writeAccess lets the user that runs Rowan sign in as each login, and nobody else as anybody. It is written at each
// start, because that user may have changed.
func (f *folder) writeAccess() error {
	name, err := osUser()
	if err != nil {
		return err
	}
	var ident strings.Builder
	ident.WriteString("# Written by Rowan at each start.\n")
	for _, login := range Logins() {
		ident.WriteString("rowan " + quote(name) + " " + login + "\n")
	}
	files := map[string]string{
		"pg_ident.conf": ident.String(),
		"pg_hba.conf":   "# Written by Rowan at each start.\nlocal all all peer map=rowan\n",
	}
	for file, content := range files {
		path := filepath.Join(f.data, file)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			return unwritable(f.data, err)
		}
		if err := f.user.give(path); err != nil {
			return unwritable(f.data, err)
		}
	}
	return nil
}

// quote keeps a user name one literal word: an unquoted one that starts with / is a pattern, and one that is a keyword
// matches everybody.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// chooseSocket makes the folder of the socket: beside the data, or, where that path is too long for a socket, a short
// one named after it in the user's runtime folder or the folder for temporary files.
func (f *folder) chooseSocket(ctx context.Context) error {
	short := "rowan-" + hashPath(f.data)
	places := []string{filepath.Join(f.base, "run")}
	for _, parent := range []string{os.Getenv("XDG_RUNTIME_DIR"), os.TempDir(), "/tmp"} {
		if filepath.IsAbs(parent) {
			places = append(places, filepath.Join(parent, short))
		}
	}
	for _, dir := range places {
		// PostgreSQL takes a list of folders: a comma or a quote in a name would end it.
		if len(dir)+len("/.s.PGSQL."+port) > socketLimit || strings.ContainsAny(dir, `,"`) {
			continue
		}
		if err := os.Mkdir(dir, 0o700); err == nil {
			if err := f.user.give(dir); err != nil {
				continue
			}
		}
		if f.user.trusted(dir) && f.user.reaches(ctx, f.bin, dir) {
			f.socket = dir
			return nil
		}
	}
	return refuse(nil, "Rowan found no folder for PostgreSQL's socket: give it a folder with a shorter name than %s.", f.base)
}
