package pgchild

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/rowan-ohwb/rowan/internal/platform/pgchild/flock"
)

// locationFile names, in Rowan's folder, the folder that holds the data instead.
const locationFile = "location"

// folder is Rowan's folder, locked, with everything PostgreSQL needs to start.
type folder struct {
	dir    string // as the caller named it, absolute
	base   string // where the data is: dir, or a folder below systemDir
	data   string // PostgreSQL's data folder
	socket string // the folder of the socket
	bin    Binaries
	user   account
	lock   *flock.Lock
}

// openFolder locks the folder and makes what is missing. The caller releases the lock.
func openFolder(ctx context.Context, cfg Config, bin Binaries) (_ *folder, err error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir, bin: bin}
	mode := fs.FileMode(0o700)
	if isRoot() {
		mode = 0o755 // the server's own user passes through
	}
	if err := os.MkdirAll(dir, mode); err != nil {
		return nil, unwritable(dir, err)
	}
	f.lock, err = flock.Try(filepath.Join(dir, "lock"), flock.Exclusive)
	if errors.Is(err, flock.ErrHeld) {
		return nil, refuse(err, "Another Rowan is using the folder %s: stop it first, or give this one a folder of its own.", dir)
	}
	if err != nil {
		return nil, unwritable(dir, err)
	}
	defer func() {
		if err != nil {
			f.lock.Release()
		}
	}()
	if err := f.choosePlace(ctx); err != nil {
		return nil, err
	}
	if err := f.checkData(); errors.Is(err, fs.ErrNotExist) {
		if err := f.create(ctx, cfg.Volatile); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	if err := f.recordPlace(); err != nil {
		return nil, err
	}
	if f.data, err = filepath.EvalSymlinks(f.data); err != nil { // as the kernel reports a working directory
		return nil, err
	}
	if err := clearStale(ctx, f.data); err != nil {
		return nil, err
	}
	if err := f.writeAccess(); err != nil {
		return nil, err
	}
	return f, f.chooseSocket(ctx)
}

func unwritable(dir string, err error) error {
	return refuse(err, "Rowan cannot write to its folder %s (%v): give it a folder that it may write to.", dir, reason(err))
}

// reason is what the system said, without the path that the sentence names already.
func reason(err error) error {
	if number := syscall.Errno(0); errors.As(err, &number) {
		return number
	}
	return err
}

// choosePlace decides which user PostgreSQL runs as and where it and its data are.
func (f *folder) choosePlace(ctx context.Context) (err error) {
	f.base = f.dir
	named, err := os.ReadFile(filepath.Join(f.dir, locationFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unwritable(f.dir, err)
	}
	moved := err == nil
	if moved {
		f.base = strings.TrimSpace(string(named))
	}
	f.data = filepath.Join(f.base, "postgres")
	if f.user, err = childAccount(f.data); err != nil {
		return err
	}
	_, err = os.Stat(f.data)
	exists := err == nil
	if moved && errors.Is(err, fs.ErrNotExist) {
		return refuse(err, "The data that %s names is missing: put %s back, or remove the file to begin with an empty database.", filepath.Join(f.dir, locationFile), f.base)
	}
	if !f.user.other {
		return nil
	}
	if !f.user.reaches(ctx, f.bin, "/") {
		native, err := copyNative(filepath.Dir(f.bin.Dir), systemDir)
		if err != nil {
			return refuse(err, "The user %s, which runs PostgreSQL for root, cannot reach %s, and copying it to %s failed (%v).", f.user.name, f.bin.Dir, systemDir, reason(err))
		}
		f.bin.Dir = filepath.Join(native, "bin")
	}
	if f.user.reaches(ctx, f.bin, f.base) {
		return nil
	}
	if exists {
		return refuse(nil, "The user %s, which runs PostgreSQL for root, can no longer reach the data in %s: let that user pass through the folders above it.", f.user.name, f.base)
	}
	f.base = filepath.Join(systemDir, hashPath(f.dir))
	f.data = filepath.Join(f.base, "postgres")
	if err := os.MkdirAll(f.base, 0o755); err != nil {
		return unwritable(f.base, err)
	}
	return nil
}

// recordPlace says in Rowan's folder where else the data is. It comes after the data: a location without data is
// refused, while data without a location is found again by its name.
func (f *folder) recordPlace() error {
	if f.base == f.dir {
		return nil
	}
	if err := os.WriteFile(filepath.Join(f.dir, locationFile), []byte(f.base+"\n"), 0o644); err != nil {
		return unwritable(f.dir, err)
	}
	return nil
}

// checkData refuses data that this server must not touch; fs.ErrNotExist says that there is none yet.
func (f *folder) checkData() error {
	content, err := os.ReadFile(filepath.Join(f.data, "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		if left, _ := os.ReadDir(f.data); len(left) > 0 {
			return refuse(nil, "The folder %s holds something that is not PostgreSQL data: move it away, or give Rowan another folder.", f.data)
		}
		return fs.ErrNotExist
	}
	if errors.Is(err, fs.ErrPermission) {
		return refuse(err, "The data in %s belongs to another user: run Rowan as that user or as root, or give it another folder.", f.data)
	}
	if err != nil {
		return err
	}
	if major := strings.TrimSpace(string(content)); major != fmt.Sprint(f.bin.Major) {
		return refuse(nil, "The data in %s was made by PostgreSQL %s and this is PostgreSQL %s: set ROWAN_PG_BIN to the bin folder of a PostgreSQL %s.", f.data, major, f.bin.Version, major)
	}
	return nil
}

// create makes the data folder. It is made under another name and renamed when complete and on disk, so that an
// interrupted start leaves nothing that looks like data.
func (f *folder) create(ctx context.Context, volatile bool) error {
	building := f.data + ".new"
	if err := os.RemoveAll(building); err != nil {
		return unwritable(f.base, err)
	}
	if err := os.Mkdir(building, 0o700); err != nil {
		return unwritable(f.base, err)
	}
	if err := f.user.give(building); err != nil {
		return unwritable(f.base, err)
	}
	// Locale C: sorting never changes with a library update, which would corrupt indexes. Trust lasts only until
	// writeAccess, and no server runs before it.
	if err := f.initdb(ctx, "-D", building, "-U", Super, "-E", "UTF8", "--locale=C", "-A", "trust", "-N"); err != nil {
		return err
	}
	if !volatile {
		if err := f.initdb(ctx, "-D", building, "-S"); err != nil {
			return err
		}
	}
	os.Remove(f.data) // an empty folder, or nothing; if it is neither, the rename says so
	if err := os.Rename(building, f.data); err != nil {
		return unwritable(f.base, err)
	}
	return nil
}

func (f *folder) initdb(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, f.bin.program("initdb"), args...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr = f.base, environment(), f.user.attributes()
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return refuse(err, "PostgreSQL could not make its data folder in %s (%s).", f.base, lastLine(out, err))
	}
	return nil
}

func lastLine(out []byte, err error) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for _, line := range lines {
		if strings.Contains(line, "error:") { // initdb says what failed, then that it clears up
			return strings.TrimSpace(line)
		}
	}
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return last
	}
	return err.Error()
}

// environment is what PostgreSQL's programs see: none of our variables (some hold secrets, PG* would change its
// behaviour), and messages in English, because we read them.
func environment() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
}
