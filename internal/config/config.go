// Package config is what can be set about an installation: one struct, with defaults, that says of each field
// what happens when it is absent. Flags win over the environment.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
)

// Config of `rowan serve` and `rowan demo`.
type Config struct {
	Listen       string // address and port; "127.0.0.1:8080"
	Data         string // folder for keys, checkpoints and the child PostgreSQL; ".rowan"
	DatabaseURL  string // ROWAN_DATABASE_URL: external PostgreSQL; absent: a child PostgreSQL in Data
	SecretsFile  string // ROWAN_DATABASE_SECRETS: file with login=password lines, written by migrate; needed with DatabaseURL when logins have passwords
	LoginPrefix  string // ROWAN_LOGIN_PREFIX: begins the logins' names; absent: "rowan_"
	BaseURL      string // ROWAN_BASE_URL: how people reach this server, in links; absent: http:// and Listen
	TrustedProxy bool   // ROWAN_TRUSTED_PROXY=1: TLS ends at a proxy in front; absent: only loopback may be served
	PostgresBin  string // ROWAN_PG_BIN: folder of PostgreSQL's programs; absent: the npm package's, else installed ones
	Demo         bool   // invented data; loopback only
}

// FromEnv fills what flags did not set.
func (c Config) FromEnv() Config {
	fill := func(field *string, name, fallback string) {
		if *field == "" {
			*field = os.Getenv(name)
		}
		if *field == "" {
			*field = fallback
		}
	}
	fill(&c.Listen, "ROWAN_LISTEN", "127.0.0.1:8080")
	fill(&c.Data, "ROWAN_DATA", ".rowan")
	fill(&c.DatabaseURL, "ROWAN_DATABASE_URL", "")
	fill(&c.SecretsFile, "ROWAN_DATABASE_SECRETS", "")
	fill(&c.LoginPrefix, "ROWAN_LOGIN_PREFIX", "rowan_")
	fill(&c.PostgresBin, "ROWAN_PG_BIN", "")
	fill(&c.BaseURL, "ROWAN_BASE_URL", "http://"+c.Listen)
	c.TrustedProxy = c.TrustedProxy || os.Getenv("ROWAN_TRUSTED_PROXY") == "1"
	return c
}

// ErrDemoExternal keeps the sample out of a database that might be somebody's.
var ErrDemoExternal = errors.New("the demonstration runs on its own PostgreSQL: unset ROWAN_DATABASE_URL")

// Validate says in one sentence what cannot work.
func (c Config) Validate() error {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("--listen %q is not an address and port such as 127.0.0.1:8080", c.Listen)
	}
	loopback := host == "localhost"
	if ip, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		loopback = ip.IsLoopback()
	}
	if c.Demo && !loopback {
		return errors.New("the demonstration listens on loopback only: use --listen 127.0.0.1:8080")
	}
	if c.Demo && c.DatabaseURL != "" {
		return ErrDemoExternal
	}
	if !loopback && !c.TrustedProxy {
		return fmt.Errorf("%s is not loopback: put a proxy with TLS in front and set ROWAN_TRUSTED_PROXY=1, or browsers refuse the session cookie", c.Listen)
	}
	return nil
}

// Keys is the folder of the keys that the database must not hold.
func (c Config) Keys() string { return filepath.Join(c.Data, "keys") }

// Checkpoints is the folder of the audit's signed checkpoints.
func (c Config) Checkpoints() string { return filepath.Join(c.Data, "checkpoints") }
