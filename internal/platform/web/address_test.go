package web

import (
	"net/http/httptest"
	"testing"
)

func TestAddress(t *testing.T) {
	for name, c := range map[string]struct {
		remote    string
		forwarded []string
		proxied   bool
		want      string
	}{
		"direct":                         {"192.0.2.7:4711", nil, false, "192.0.2.7"},
		"direct, and it claims another":  {"192.0.2.7:4711", []string{"198.51.100.1"}, false, "192.0.2.7"},
		"IPv6 with a zone":               {"[fe80::1%eth0]:4711", nil, false, "fe80::1"},
		"behind our proxy":               {"10.0.0.1:4711", []string{"198.51.100.1"}, true, "198.51.100.1"},
		"behind it, with a made-up hop":  {"10.0.0.1:4711", []string{"203.0.113.9, 198.51.100.1"}, true, "198.51.100.1"},
		"behind it, with a made-up line": {"10.0.0.1:4711", []string{"203.0.113.9", "198.51.100.1"}, true, "198.51.100.1"},
		"behind it, and it says nothing": {"10.0.0.1:4711", nil, true, ""},
		"no address":                     {"10.0.0.1:4711", []string{"the ward office"}, true, ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.remote
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if got := address(r, c.proxied); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
