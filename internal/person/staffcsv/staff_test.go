package staffcsv

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

var heading = strings.Join(append(append([]string{}, columns...), hazardColumns...), ",")

// line is a good row with some cells changed.
func line(change map[string]string) string {
	cells := map[string]string{
		"employee_number": "00123456", "assignment_number": "00123456", "primary": "Y", "family_name": "O'Brien",
		"given_name": "Siân", "date_of_birth": "07/03/1984", "work_email": "sian.obrien@example.org", "mobile": "07700 900123",
		"job_title": "Staff nurse", "band": "5", "staff_group": "Nursing and Midwifery Registered", "site": "Main",
		"contracted_hours": "37.5", "manager_employee_number": "00999999", "start_date": "2019-09-02", "epp": "y",
	}
	for column, value := range change {
		cells[column] = value
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	var row []string
	for _, column := range append(append([]string{}, columns...), hazardColumns...) {
		row = append(row, cells[column])
	}
	_ = w.Write(row) // a buffer takes everything
	w.Flush()
	return b.String()
}

func parse(t testing.TB, file string) Feed {
	t.Helper()
	feed, err := Parse(strings.NewReader(file), today)
	if err != nil {
		t.Fatal(err)
	}
	return feed
}

var second = map[string]string{"assignment_number": "00123456-2", "primary": "N", "job_title": "Bank nurse", "contracted_hours": "0", "end_date": "2027-01-31", "epp": ""}

func TestParse(t *testing.T) {
	want := []Person{{
		EmployeeNumber: "00123456", FamilyName: "O'Brien", GivenName: "Siân", DateOfBirth: date(1984, 3, 7),
		WorkEmail: "sian.obrien@example.org", Mobile: "+447700900123",
		Posts: []Post{
			{
				Line: 3, AssignmentNumber: "00123456", Primary: true, JobTitle: "Staff nurse", Band: "5",
				StaffGroup: "Nursing and Midwifery Registered", Site: "Main", ContractedHours: 37.5,
				ManagerEmployeeNumber: "00999999", Start: date(2019, 9, 2), Hazards: Hazards{EPP: true},
			},
			{
				Line: 2, AssignmentNumber: "00123456-2", JobTitle: "Bank nurse", Band: "5",
				StaffGroup: "Nursing and Midwifery Registered", Site: "Main",
				ManagerEmployeeNumber: "00999999", Start: date(2019, 9, 2), End: date(2027, 1, 31),
			},
		},
	}}
	for name, file := range map[string]string{
		"plain":                         heading + "\n" + line(second) + line(nil),
		"byte order mark, CRLF":         "\ufeff" + strings.ReplaceAll(heading+"\n"+line(second)+line(nil), "\n", "\r\n"),
		"headings as people write them": strings.ReplaceAll(strings.ToUpper(heading), "_", " ") + "\n" + line(second) + line(nil),
	} {
		feed := parse(t, file)
		if diff := cmp.Diff(want, feed.People); diff != "" || len(feed.Rejects) != 0 || feed.Rows != 2 {
			t.Errorf("%s: %s, rejects %v", name, diff, feed.Rejects)
		}
	}
}

func TestHazardColumnsMayBeLeftOut(t *testing.T) {
	short := strings.Join(columns, ",") + "\n"
	row := strings.Split(strings.TrimSpace(line(nil)), ",")[:len(columns)]
	feed := parse(t, short+strings.Join(row, ",")+"\n")
	if len(feed.People) != 1 || feed.People[0].Posts[0].Hazards != (Hazards{}) {
		t.Errorf("%+v", feed)
	}
}

func TestMobile(t *testing.T) {
	for typed, want := range map[string]string{
		"07700900123": "+447700900123", "+44 7700 900123": "+447700900123", "+44 (0)7700 900123": "+447700900123",
		"0044 7700 900123": "+447700900123", "+353 87 123 4567": "+353871234567", "'+447700900123": "+447700900123", "": "",
	} {
		feed := parse(t, heading+"\n"+line(map[string]string{"mobile": typed}))
		if len(feed.People) != 1 || feed.People[0].Mobile != want {
			t.Errorf("%q: %+v", typed, feed)
		}
	}
}

func TestRejects(t *testing.T) {
	for column, values := range map[string][]string{
		"employee_number":         {"", "123456", "123456789", "1234567A"},
		"assignment_number":       {"", "00123456-", "00123456-123", "00123457", "00123457-2"},
		"primary":                 {"", "yes", "N"}, // N: nobody's only post is not primary
		"family_name":             {"", "Sm\x00ith", "Smi\nth", "\xff", strings.Repeat("x", 101)},
		"date_of_birth":           {"", "07/03/84", "1984-13-01", "31/02/1984", "2020-01-01", "1900-01-01"},
		"work_email":              {"sian", "Sian <sian@example.org>", "a@example.org\nBcc: b@example.org", strings.Repeat("a", 260) + "@example.org"},
		"mobile":                  {"12", "01632 960123", "+44 1632 960123", "077009001234", "letters"},
		"personal_email":          {"@"},
		"job_title":               {""},
		"contracted_hours":        {"", "-1", "162.5", "NaN", "1e1", "37,5"},
		"manager_employee_number": {"1", "00123456"},
		"start_date":              {"", "soon"},
		"end_date":                {"2019-09-01", "never"},
		"epp":                     {"maybe"},
	} {
		for _, value := range values {
			feed := parse(t, heading+"\n"+line(map[string]string{column: value}))
			if len(feed.People) != 0 || len(feed.Rejects) != 1 || feed.Rejects[0].Column != column || feed.Rejects[0].Line != 2 {
				t.Errorf("%s %q: people %v, rejects %v", column, value, feed.People, feed.Rejects)
			}
			for _, r := range feed.Rejects {
				if why := r.Why(locale.English()); why == r.Reason || strings.Contains(why, "{") {
					t.Errorf("%s %q: %s has no words, or not all of them: %s", column, value, r.Reason, why)
				}
			}
		}
	}
}

// TestPersonIsTakenWholeOrNotAtAll: a fault in one post, or a contradiction
// between two, rejects both, and a neighbour is not touched.
func TestPersonIsTakenWholeOrNotAtAll(t *testing.T) {
	neighbour := line(map[string]string{"employee_number": "00999999", "assignment_number": "00999999", "manager_employee_number": ""})
	for name, change := range map[string]map[string]string{
		"bad cell":         {"start_date": "soon"},
		"another name":     {"family_name": "Brien"},
		"another birthday": {"date_of_birth": "1984-03-08"},
		"another mobile":   {"mobile": "07700 900124"},
		"same assignment":  {"assignment_number": "00123456"},
		"two primaries":    {"primary": "Y"},
	} {
		other := map[string]string{}
		for column, value := range second {
			other[column] = value
		}
		for column, value := range change {
			other[column] = value
		}
		feed := parse(t, heading+"\n"+line(nil)+neighbour+line(other))
		if len(feed.People) != 1 || feed.People[0].EmployeeNumber != "00999999" || len(feed.Rejects) != 2 {
			t.Errorf("%s: %+v", name, feed)
			continue
		}
		if feed.Rejects[0].Line != 2 || !strings.Contains(feed.Rejects[0].Why(locale.English()), "line 4") || feed.Rejects[1].Line != 4 {
			t.Errorf("%s: %v", name, feed.Rejects)
		}
	}
}

func TestWholeFileIsRefused(t *testing.T) {
	for name, file := range map[string]string{
		"empty":             "",
		"no heading":        line(nil),
		"missing column":    strings.Replace(heading, "mobile,", "", 1) + "\n",
		"unused column":     heading + ",religion\n",
		"column twice":      heading + ",mobile\n",
		"endless quotation": heading + "\n\"" + line(nil) + line(nil),
	} {
		if feed, err := Parse(strings.NewReader(file), today); err == nil {
			t.Errorf("%s: read as %+v", name, feed)
		}
	}
}

// TestRejectsGoRound: the rejects file opens harmlessly, and corrected and fed
// again it is taken.
func TestRejectsGoRound(t *testing.T) {
	bad := line(map[string]string{"job_title": "=HYPERLINK(\"http://example.org\")", "team": "@team", "start_date": "soon", "mobile": "+44 7700 900123"})
	feed := parse(t, heading+"\n"+bad+"a,b\n"+strings.TrimSpace(line(nil))+",x,y\n")
	if len(feed.Rejects) != 3 {
		t.Fatalf("rejects %v", feed.Rejects)
	}
	var out bytes.Buffer
	if err := WriteRejects(&out, locale.English(), feed); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"'=HYPERLINK(""http://example.org"")"`, "'@team", "'+44 7700 900123", "start_date: it is not a date", ",x,y,line 4"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not in %s", want, out.String())
		}
	}
	lines := strings.SplitAfter(out.String(), "\n")
	again := parse(t, lines[0]+strings.Replace(lines[1], "soon", "2019-09-02", 1))
	if len(again.People) != 1 || again.People[0].Posts[0].JobTitle != "=HYPERLINK(\"http://example.org\")" || again.People[0].Posts[0].Team != "@team" {
		t.Errorf("fed again: %+v", again)
	}
	stillBad := parse(t, lines[0]+lines[1])
	var twice bytes.Buffer
	if err := WriteRejects(&twice, locale.English(), stillBad); err != nil {
		t.Fatal(err)
	}
	if got := twice.String(); got != lines[0]+lines[1] {
		t.Errorf("rejected again it reads\n%s, not\n%s", got, lines[0]+lines[1])
	}
}

// FuzzParse: whatever the bytes, a row is in a person or in the rejects, what
// is taken keeps the rules, and the rejects file holds no formula.
func FuzzParse(f *testing.F) {
	f.Add(heading + "\n" + line(nil) + line(second))
	f.Add(heading + ",reason\n" + strings.TrimSpace(line(nil)) + ",x\n")
	f.Add("\ufeff" + heading + "\r\n" + line(map[string]string{"job_title": "=1+1", "start_date": "x"}))
	f.Add(heading + "\n=a,\"b\n")
	f.Add(heading + "\nx\n" + strings.TrimSpace(line(nil)) + ",=1\n")
	f.Fuzz(func(t *testing.T, file string) {
		feed, err := Parse(strings.NewReader(file), today)
		if err != nil {
			return
		}
		rows := len(feed.Rejects)
		for _, p := range feed.People {
			rows += len(p.Posts)
			primaries := 0
			for _, q := range p.Posts {
				if q.Primary {
					primaries++
				}
				if !strings.HasPrefix(q.AssignmentNumber, p.EmployeeNumber) || q.ContractedHours < 0 || q.ContractedHours > maxHours {
					t.Fatalf("took %+v", q)
				}
			}
			if primaries != 1 || !p.Posts[0].Primary || p.FamilyName == "" || p.DateOfBirth.IsZero() {
				t.Fatalf("took %+v", p)
			}
		}
		if rows != feed.Rows {
			t.Fatalf("%d rows, %d accounted for", feed.Rows, rows)
		}
		var out bytes.Buffer
		if err := WriteRejects(&out, locale.English(), feed); err != nil {
			t.Fatal(err)
		}
		written := csv.NewReader(&out)
		written.FieldsPerRecord = -1
		records, err := written.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range records {
			for _, cell := range record {
				if sheet.Guard(sheet.Unguard(cell)) != cell {
					t.Fatalf("%q is not guarded", cell)
				}
			}
		}
	})
}
