//go:build linux

package pgchild

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestStalePID writes the number of each kind of process to postmaster.pid of a cluster that was not stopped in order.
func TestStalePID(t *testing.T) {
	dir := folderFor(t)
	path := filepath.Join(dir, "postgres", "postmaster.pid")
	stop(t, start(t, dir))
	for _, c := range []struct {
		name string
		pid  func(t *testing.T) int
	}{
		{"of a process that is gone", func(t *testing.T) int {
			cmd := exec.Command("true")
			if err := cmd.Run(); err != nil {
				t.Fatal(err)
			}
			return cmd.Process.Pid
		}},
		{"of another program", func(t *testing.T) int { return os.Getpid() }},
		{"of a zombie that nobody reaps", func(t *testing.T) int {
			cmd := exec.Command("true")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { cmd.Wait() })
			waitFor(t, "a zombie", func() bool { return inspectProcess(cmd.Process.Pid, "/") == processZombie })
			return cmd.Process.Pid
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			write(t, path, fmt.Sprintf("%d\n%s\n0\n5432\n\n\n\nready   \n", c.pid(t), filepath.Dir(path)))
			mustAsk(t, start(t, dir), "select 'in'")
		})
	}
	t.Run("that holds no number", func(t *testing.T) {
		write(t, path, "")
		mustAsk(t, start(t, dir), "select 'in'")
	})
}

// TestTakesOver leaves a server running that no Rowan looks after, as on a system where nothing ties the two together.
func TestTakesOver(t *testing.T) {
	dir := folderFor(t)
	first := start(t, dir)
	stop(t, first)
	f := first.folder
	orphan := exec.Command(f.bin.program("postgres"), first.arguments()...)
	orphan.Dir, orphan.Env, orphan.SysProcAttr = f.data, environment(), f.user.attributes()
	if err := orphan.Start(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() { gone <- orphan.Wait() }()
	waitFor(t, "the orphan to run", func() bool { return isReady(filepath.Join(f.data, "postmaster.pid"), orphan.Process.Pid) })

	mustAsk(t, start(t, dir), "select 'in'")
	if err := <-gone; err != nil {
		t.Errorf("the orphan was not stopped in order: %v", err)
	}
}

// rowanVariable turns this test program into a Rowan that runs PostgreSQL until it is killed.
const rowanVariable = "ROWAN_PGCHILD_TEST_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(rowanVariable); dir != "" {
		c, err := Start(context.Background(), Config{Dir: dir, Bin: os.Getenv("ROWAN_PG_BIN"), Volatile: true})
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		<-c.Done()
	}
	os.Exit(m.Run())
}

// TestDiesWithRowan kills a Rowan and starts another at once.
func TestDiesWithRowan(t *testing.T) {
	dir := folderFor(t)
	rowan := exec.Command(os.Args[0])
	rowan.Env = append(os.Environ(), rowanVariable+"="+dir)
	if err := rowan.Start(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "postgres", "postmaster.pid")
	var pid int
	waitFor(t, "PostgreSQL", func() bool {
		var err error
		pid, err = postmaster(path)
		return err == nil && isReady(path, pid)
	})
	if err := rowan.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	rowan.Wait()
	began := time.Now()
	mustAsk(t, start(t, dir), "select 'in'")
	t.Logf("took over after %v", time.Since(began).Round(time.Millisecond))
	if err := syscall.Kill(pid, 0); err == nil && inspectProcess(pid, filepath.Dir(path)) == processLive {
		t.Error("the first PostgreSQL still runs")
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Error("the second PostgreSQL has lost its postmaster.pid")
	}
}
