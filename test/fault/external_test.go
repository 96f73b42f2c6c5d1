package fault

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
)

// nobody is the user that runs PostgreSQL where the tests run as root, which PostgreSQL refuses. The number is the
// one of every Linux distribution.
const nobody = 65534

// TestExternal runs Rowan on a PostgreSQL that is not its own, over TCP with passwords, under either set of names.
func TestExternal(t *testing.T) {
	admin := external(t)
	for _, c := range []struct{ name, database, prefix string }{{"usual names", "one", ""}, {"other names", "two", "oh_north_"}} {
		t.Run(c.name, func(t *testing.T) {
			url := database(t, admin, c.database)
			secrets := filepath.Join(t.TempDir(), "secrets")
			// The address holds no password: each login has its own in the file.
			bare := strings.Replace(url, "postgres:"+password+"@", "", 1)
			r := install(t, "ROWAN_DATABASE_URL="+bare, "ROWAN_DATABASE_SECRETS="+secrets, "ROWAN_LOGIN_PREFIX="+c.prefix)
			r.do("migrate", "--admin", url, "--secrets", secrets)
			if info, err := os.Stat(secrets); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the passwords can be read by others: %v %v", info.Mode(), err)
			}
			r.write("answers.yaml", r.do("setup", "--example"))
			r.do("setup", "--answers", r.file("answers.yaml"))
			r.start()
			r.ready()
			if got := r.status("/sign-in"); got != http.StatusOK {
				t.Errorf("the sign-in page answers %d: %s", got, r.log)
			}
			if pid, _ := r.postmaster(); pid != 0 {
				t.Error("Rowan started a PostgreSQL of its own")
			}
			r.stop()
			r.do("migrate", "--admin", url, "--secrets", secrets) // an upgrade: new passwords, the same data
			r.start()
			r.ready()
			if got := r.status("/sign-in"); got != http.StatusOK {
				t.Errorf("after a second migrate the sign-in page answers %d: %s", got, r.log)
			}
		})
	}
}

// database makes an empty database and gives its address.
func database(t *testing.T, admin, name string) string {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), admin)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), "create database "+name); err != nil {
		t.Fatal(err)
	}
	return strings.Replace(admin, "/postgres?", "/"+name+"?", 1)
}

// external starts a plain PostgreSQL as a system has it: TCP, one superuser, SCRAM passwords. It takes an installed
// one where there is one, else the one that Rowan brings.
func external(t *testing.T) (admin string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "rowan-external-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	user := &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		user.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		if err := errors.Join(os.Chmod(dir, 0o755), os.Chown(dir, nobody, nobody)); err != nil {
			t.Fatal(err)
		}
	}
	run := func(program string, args ...string) *exec.Cmd {
		cmd := exec.Command(program, args...)
		cmd.Dir, cmd.SysProcAttr, cmd.Env = dir, user, append(os.Environ(), "LC_ALL=C")
		return cmd
	}
	secret := filepath.Join(dir, "password")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	bin, data := programs(t), filepath.Join(dir, "data")
	if out, err := run(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--no-sync").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v: %s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	server := run(filepath.Join(bin, "postgres"), "-D", data, "-p", fmt.Sprint(port), "-h", "127.0.0.1", "-k", dir, "-c", "max_connections=120")
	log := &tail{}
	server.Stderr = log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGINT)
		_ = server.Wait()
	})
	admin = fmt.Sprintf("postgres://postgres:%s@127.0.0.1:%d/postgres?sslmode=disable", password, port)
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		conn, err := pgx.Connect(context.Background(), admin)
		if err == nil {
			conn.Close(context.Background())
			return admin
		}
		if time.Now().After(end) {
			t.Fatalf("the external PostgreSQL does not start: %v: %s", err, log)
		}
	}
}

func programs(t *testing.T) string {
	t.Helper()
	installed, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		t.Fatal(err)
	}
	for _, initdb := range installed {
		if _, err := os.Stat(filepath.Join(filepath.Dir(initdb), "postgres")); err == nil {
			return filepath.Dir(initdb)
		}
	}
	found, err := pgchild.Find("")
	if err != nil {
		t.Fatal(err)
	}
	return found.Dir
}
