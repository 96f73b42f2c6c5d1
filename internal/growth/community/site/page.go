package site

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Kind says what a page is for.
type Kind string

// The kinds. The first five are one page each and have a place of their own; of news and of other pages there are any number.
const (
	Home     Kind = "home"
	Refer    Kind = "refer"
	Steps    Kind = "steps"
	Contacts Kind = "contacts"
	Careers  Kind = "careers"
	News     Kind = "news"
	Other    Kind = "page"
)

// Fixed lists the pages that every site has, in the order of its navigation. Their path is their kind.
var Fixed = []Kind{Home, Refer, Steps, Contacts, Careers}

// taken are paths under a site that are no page of the editors.
var taken = []string{"news", "stories", "search", "block", "help-now", "your-employer", "page"}

// State is how far a version has come.
type State string

// The states of a version.
const (
	Drafted   State = "draft"
	Offered   State = "offered"
	Published State = "published"
	Replaced  State = "replaced"
	Withdrawn State = "withdrawn"
)

// Version is a page as somebody wrote it.
type Version struct {
	Path     string
	Version  int
	Kind     Kind
	Title    string
	Words    string // Markdown
	Easy     string // Markdown, in short sentences and plain words; "" where nobody wrote one
	ReviewOn civil.Date
	State    State
	Returned string // why it was given back
	Saved    time.Time
	By       string
	Decided  time.Time
	Decider  string
}

// Open says that it is being written or waits.
func (v Version) Open() bool { return v.State == Drafted || v.State == Offered }

// Due says that the page is to be looked at again.
func (v Version) Due(today civil.Date) bool {
	return v.State == Published && !v.ReviewOn.After(today)
}

// Page is a page with what is published of it and what is in the making.
type Page struct {
	Path      string
	Kind      Kind
	Published *Version
	Newer     *Version // draft or offered
	Gone      bool     // was published once and withdrawn, and nobody has written it anew
}

// Title is that of what is being written, or else of what is published.
func (p Page) Title() string {
	switch {
	case p.Newer != nil:
		return p.Newer.Title
	case p.Published != nil:
		return p.Published.Title
	}
	return ""
}

// pages puts versions together, in the order of the site: the fixed pages, other pages, news.
func pages(all []Version) (out []Page) {
	at := map[string]int{}
	for _, k := range Fixed {
		at[string(k)] = len(out)
		out = append(out, Page{Path: string(k), Kind: k})
	}
	for _, kind := range []Kind{Other, News} {
		for _, v := range all {
			if v.Kind == kind {
				if _, there := at[v.Path]; !there {
					at[v.Path] = len(out)
					out = append(out, Page{Path: v.Path, Kind: kind})
				}
			}
		}
	}
	for _, v := range all {
		p := &out[at[v.Path]]
		switch {
		case v.Open():
			p.Newer = &v
		case v.State == Published:
			p.Published = &v
		case v.State == Withdrawn:
			p.Gone = true
		}
	}
	for i := range out {
		out[i].Gone = out[i].Gone && out[i].Published == nil && out[i].Newer == nil
	}
	return out
}

// Lengths that a page may have: a title that fits a line of a phone's results, a text of about 3,000 words.
const (
	mostTitle = 80
	mostWords = 20_000
	mostPath  = 60
)

// reviewWithin is how far ahead the day of the next look may be, in months: what a service offers changes within a year.
const reviewWithin = 12

var pathForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// PathOf makes a path of a title: "Needlestick injuries" is needlestick-injuries.
func PathOf(title string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '\'' || r == '’':
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	path := b.String()
	if len(path) > mostPath {
		path = path[:mostPath]
	}
	return strings.Trim(path, "-")
}

// PageIn is a page as it is written.
type PageIn struct {
	Path               string
	Kind               Kind
	Title, Words, Easy string
	ReviewOn           civil.Date
}

// CheckPage says what is wrong with it.
func CheckPage(in PageIn, today civil.Date) (f fault.Fields) {
	switch n := len([]rune(in.Title)); {
	case n == 0:
		f.Add("title", "site.title.empty")
	case n > mostTitle:
		f.Add("title", "form.too_long", "n", mostTitle)
	case in.Kind == News || in.Kind == Other:
		if !pathForm.MatchString(in.Path) || slices.Contains(taken, in.Path) || slices.Contains(Fixed, Kind(in.Path)) {
			f.Add("title", "site.title.taken")
		}
	}
	f.Text("words", "site.words.empty", in.Words, mostWords)
	f.Long("easy", in.Easy, mostWords)
	switch {
	case in.ReviewOn.IsZero():
		f.Add("review_on", "site.review_on.empty")
	case !in.ReviewOn.After(today) || in.ReviewOn.After(today.AddMonths(reviewWithin)):
		f.Add("review_on", "site.review_on.range")
	}
	return f
}

// valid says whether a kind and a path belong together.
func valid(kind Kind, path string) bool {
	if slices.Contains(Fixed, kind) {
		return path == string(kind)
	}
	return (kind == News || kind == Other) && pathForm.MatchString(path) && !slices.Contains(taken, path) && !slices.Contains(Fixed, Kind(path))
}
