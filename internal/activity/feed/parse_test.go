package feed

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// FuzzParse: whatever the file, what comes out has codes of our lists and all that its kind needs, and the same file
// gives the same ids.
func FuzzParse(f *testing.F) {
	l, err := loadLists(content.FS)
	if err != nil {
		f.Fatal(err)
	}
	m := Mapping{Columns: map[string]string{fieldKind: "a", fieldTime: "b", fieldPerson: "c", fieldCase: "d", "outcome": "e"},
		Values: map[string]map[string]string{fieldKind: {"DNA": "appointment.missed outcome=DNA", "Seen": "appointment.attended"}}, Fixed: map[string]string{"source": "hr"}}
	f.Add("a,b,c,d,e\nDNA,01/02/2026,S1,C1,\nSeen,2026-02-01 10:30,S1,C1,\nreport.signed,2026-02-01T10:30:00Z,S1,,FIT\n")
	f.Fuzz(func(t *testing.T, file string) {
		read := func() []activity.Known {
			p := &reading{mapping: m, lists: l, service: uuid.NameSpaceOID, organisation: uuid.NameSpaceDNS, now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}
			_, err := p.parse(strings.NewReader(file))
			var refused *sheet.Refused
			if err != nil && !errors.As(err, &refused) {
				t.Fatal(err)
			}
			return p.events
		}
		once, twice := read(), read()
		for i, e := range once {
			if e != twice[i] {
				t.Errorf("%v, then %v", e, twice[i])
			}
			if _, ok := l.code("outcome", e.Codes.Outcome); !ok && e.Codes.Outcome != "" || e.Codes.Source != "hr" || e.ID == uuid.Nil || e.Case == uuid.Nil {
				t.Errorf("%+v", e)
			}
		}
	})
}
