package pgchild

import (
	"bufio"
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	firstPause  = 100 * time.Millisecond // before the first restart: a lone crash costs little
	longestWait = 15 * time.Second       // between restarts of a server that cannot start; /readyz says 503 all the while
	steadyAfter = time.Minute            // of running, a crash counts as the first again
	killAfter   = 3 * time.Second        // of stopping at once, a server is killed
	leftOver    = 5 * time.Second        // for the children of a killed server to notice and go
)

// supervise runs PostgreSQL until Stop, and reports the outcome of the first start.
func (c *Child) supervise(started chan<- error) {
	// The kernel ties the parent-death signal to the thread that starts the program: this goroutine keeps its thread,
	// and gives it up only when it ends.
	runtime.LockOSThread()
	defer close(c.done)
	defer c.folder.lock.Release()

	begin, pause := time.Now(), firstPause
	first := true
	for {
		began := time.Now()
		err := c.run(func() {
			if first {
				first = false
				started <- nil
			}
		})
		c.healthy.Store(false)
		if c.isStopping() {
			return
		}
		// After a kill -9 the old server's children hold its shared memory for a moment.
		if first && !(strings.Contains(err.Error(), "still in use") && time.Since(begin) < leftOver) {
			started <- err
			return
		}
		if time.Since(began) > steadyAfter {
			pause = firstPause
		}
		c.log.Error("PostgreSQL ended; starting it again", "cause", err, "pause", pause)
		select {
		case <-c.stopping:
			return
		case <-time.After(pause):
		}
		pause = min(2*pause, longestWait)
	}
}

func (c *Child) isStopping() bool {
	select {
	case <-c.stopping:
		return true
	default:
		return false
	}
}

// run starts PostgreSQL, calls ready when it takes connections, and returns why it ended.
func (c *Child) run(ready func()) error {
	f := c.folder
	cmd := exec.Command(f.bin.program("postgres"), c.arguments()...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr = f.data, environment(), f.user.attributes()
	dieWithParent(cmd.SysProcAttr)
	reader, writer, err := os.Pipe() // not cmd.StderrPipe: children that outlive the server must not hold Wait up
	if err != nil {
		return err
	}
	cmd.Stderr = writer
	err = cmd.Start()
	writer.Close()
	if err != nil {
		reader.Close()
		return refuse(err, "PostgreSQL did not start (%v).", reason(err))
	}
	said := &listener{log: c.log, finished: make(chan struct{})}
	go said.listen(reader)

	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	pid, pidFile := cmd.Process.Pid, filepath.Join(f.data, "postmaster.pid")
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	for {
		select {
		case <-look.C:
			if isReady(pidFile, pid) {
				look.Stop()
				c.healthy.Store(true)
				ready()
			}
		case err := <-exited:
			return ended(err, said)
		case <-c.stopping:
			c.healthy.Store(false)
			said.stopping.Store(true)
			c.shutDown(pid, exited)
			return nil
		}
	}
}

// shutDown stops the server in order, at once when Stop is in a hurry, and by force when even that does not help.
func (c *Child) shutDown(pid int, exited <-chan error) {
	_ = signal(pid, stopFast) // an error means that it is gone, and exited says so
	select {
	case <-exited:
		return
	case <-c.hurry:
	}
	_ = signal(pid, stopNow)
	select {
	case <-exited:
		return
	case <-time.After(killAfter):
	}
	_ = signal(pid, stopKill)
	<-exited
}

func ended(err error, said *listener) error {
	select {
	case <-said.finished:
	case <-time.After(time.Second): // a child of the server still holds the pipe; what it said last is enough
	}
	why := said.lastFatal()
	if why == "" && err != nil {
		why = err.Error()
	}
	return refuse(err, "PostgreSQL ended (%s).", strings.TrimSuffix(why, "."))
}

// arguments are the settings of the server. They stand here and not in postgresql.conf, so that a new Rowan brings new
// ones to old data.
func (c *Child) arguments() []string {
	settings := []string{
		"listen_addresses=", "unix_socket_directories=" + c.folder.socket, "unix_socket_permissions=0700", "port=" + port,
		"timezone=UTC", "log_timezone=UTC",
		"max_connections=120", // 7 pools of 10, the listeners of jobs, and a migration or a backup beside them
		"shared_buffers=64MB", // a small machine's share; the kernel caches the rest
		"jit=off",             // our queries are short: compiling costs more than it saves
		"logging_collector=off", "log_destination=stderr", "log_line_prefix=",
		// No person's data in the log: errors go to the session that caused them and are not logged here, nor are
		// statements, parameters, or the DETAIL that quotes a row.
		"log_min_messages=log", "log_min_error_statement=panic", "log_parameter_max_length_on_error=0",
		"log_parameter_max_length=0", "log_error_verbosity=terse", "log_statement=none", "log_checkpoints=off",
	}
	if c.volatile {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off",
			"max_connections=400") // test binaries of several packages run at once
	}
	args := []string{"-D", c.folder.data}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	return args
}

// listener passes the server's messages on to the log and keeps the last one that explains an end.
type listener struct {
	log      *slog.Logger
	finished chan struct{}
	stopping atomic.Bool // the server was told to stop: that it sends connections away is no news

	mu   sync.Mutex
	last string
}

func (l *listener) listen(from *os.File) {
	defer close(l.finished)
	defer from.Close()
	lines := bufio.NewReader(from)
	for {
		line, err := lines.ReadString('\n')
		if line = strings.TrimSpace(line); line != "" {
			l.hear(line)
		}
		if err != nil {
			return
		}
	}
}

func (l *listener) hear(line string) {
	level := slog.LevelDebug
	severity, text, found := strings.Cut(line, ":")
	text = strings.TrimSpace(text)
	switch {
	case found && (severity == "FATAL" || severity == "PANIC"):
		level = slog.LevelWarn
		l.mu.Lock()
		l.last = text
		l.mu.Unlock()
	case strings.HasPrefix(line, "postgres: "): // before the log is set up: a bad setting, a missing library
		level = slog.LevelWarn
		l.mu.Lock()
		l.last = line
		l.mu.Unlock()
	}
	if l.stopping.Load() {
		level = slog.LevelDebug
	}
	l.log.Log(context.Background(), level, "PostgreSQL: "+line)
}

func (l *listener) lastFatal() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}
