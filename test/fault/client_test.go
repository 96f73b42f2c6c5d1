package fault

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// client is somebody with a browser. It carries its cookie by hand, because a cookie jar rightly keeps a __Host-
// cookie from an address without TLS.
type client struct {
	t      *testing.T
	base   string
	cookie string
	http   *http.Client
}

func newClient(t *testing.T, r *rowan) *client {
	return &client{t: t, base: "http://" + r.address, http: &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// post sends a form once; status 0 means that no answer came.
func (c *client) post(path string, form url.Values) (status int, location, body string) {
	req, err := http.NewRequest(http.MethodPost, c.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Error(err)
		return 0, "", ""
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if c.cookie != "" {
		req.Header.Set("Cookie", c.cookie)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, "", ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, "", ""
	}
	for _, k := range res.Cookies() {
		if k.Name == "__Host-sid" && k.Value != "" {
			c.cookie = k.Name + "=" + k.Value
		}
	}
	return res.StatusCode, res.Header.Get("Location"), string(b)
}

const password = "three-random-words"

var secretShown = regexp.MustCompile(`secret=([A-Z2-7]+)`)

// join accepts an invitation and signs in with what its page shows.
func (c *client) join(invitation, email string) {
	c.t.Helper()
	status, _, body := c.post(invitation, url.Values{"password": {password}})
	shown := secretShown.FindStringSubmatch(body)
	if status != http.StatusOK || shown == nil {
		c.t.Fatalf("%s accepts the invitation: status %d", email, status)
	}
	code, err := totp.GenerateCode(shown[1], time.Now())
	if err != nil {
		c.t.Fatal(err)
	}
	status, location, _ := c.post("/sign-in", url.Values{"email": {email}, "password": {password}, "code": {code}})
	if status != http.StatusSeeOther || location != "/" {
		c.t.Fatalf("%s signs in: status %d to %q", email, status, location)
	}
}

// insist sends the same form again until the answer is that it is done, which sends the browser to want. No answer
// and "there is a problem" are tried again; anything else is a failure, signing out above all: sessions must survive.
func (c *client) insist(path string, form url.Values, want string) (tries int, done bool) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		tries++
		status, location, body := c.post(path, form)
		switch {
		case status == http.StatusSeeOther && location == want:
			return tries, true
		case status == 0 || status >= http.StatusInternalServerError:
		default:
			c.t.Errorf("POST %s, try %d: status %d to %q, want %q: %.400s", path, tries, status, location, want, body)
			return tries, false
		}
	}
	c.t.Errorf("POST %s was never acknowledged", path)
	return tries, false
}
