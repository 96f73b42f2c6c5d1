package absencefile

import (
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// kept is a sink that remembers.
type kept struct {
	rates    []Rate
	reasons  []Reason
	episodes []Episodes
}

func (k *kept) Rate(r Rate) error         { k.rates = append(k.rates, r); return nil }
func (k *kept) Reason(r Reason) error     { k.reasons = append(k.reasons, r); return nil }
func (k *kept) Episodes(e Episodes) error { k.episodes = append(k.episodes, e); return nil }

func packs(t testing.TB) Packs {
	t.Helper()
	p, err := LoadPacks(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parse(t testing.TB, file string) (*kept, Summary, []Reject) {
	t.Helper()
	k := &kept{}
	summary, rejects, err := Parse(strings.NewReader(file), packs(t), k)
	if err != nil {
		t.Fatal(err)
	}
	return k, summary, rejects
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func near(a, b float64) bool { return math.Abs(a-b) < 1e-4 }

// The headings as published and as exported.
const (
	heading2009 = "Month,Tm End Date,Org Code,Org Name,Org Type,FTE Days Sick,FTE Days Available,SA Rate (%)"
	heading2022 = "Month,Tm End Date,Org code,Org name,Cluster group,Benchmark group,NHSE region code,NHSE region name,Staff group,FTE days lost,FTE days available,Sickness absence rate (%)"
	headingApr  = "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ORG_CODE,ORG_NAME,CLUSTER_GROUP,BENCHMARK_GROUP,STAFF_GROUP,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT"
	headingAug  = "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,CLUSTER_GROUP,BENCHMARK_GROUP,STAFF_GROUP,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT"
	headingWhy  = "DATE,STAFF_GROUP,REASON,FTE_DAYS_LOST"
	headingESR  = "Employee,Last Name,First Name,Title,Assignment Category,Assignment Number,Primary Assignment,FTE,Assignment Status,Absence Reason,Absence Type,Staff Group,Suit Int Rec,Role,Occupation Code,Grade,First Day Absent,Absence Start Date,Absence End Date,Total Days Lost,Predicted Fitness Date,Work Related,Third Party,Return To Work Discussion Date,Occ Health Referral Date,Afc Annual Leave,OSP Nil Rate Start Date,OSP Half Rate Start Date,Total Days Lost Per Assignment,Calendar Days Lost,Bradford Factor By Employee Only,No of Episodes,Leave Date,Cost Centre,Number of Episodes Squared,FTE Days Lost,Supervisor Name,Absence Estimated Cost,Hours Lost,Level 2 Reason,Notifiable Disease,Related Reason"
	headingHR   = "Unit Long Name,Cost Centre,Unit,Submitted Upto Date,Unlocked,Surname,Forenames,Name,Staff Number,Team,Grade,Grade Type,Group,Reason,Start,End,Hours In Period (hh:mm),State,Hours In Period,Total Duration,Department,Last Note,Requested Date,Lead Time,Is Open Ended"
)

// line writes a row under a heading from the named cells; the others hold a
// name, as the worst they could hold.
func line(heading string, cells map[string]string) string {
	var out []string
	for name := range strings.SplitSeq(heading, ",") {
		value, ok := cells[name]
		if !ok {
			value = canary
		}
		out = append(out, value)
	}
	return strings.Join(out, ",") + "\r\n"
}

const canary = "Zyxwvu"

func esrRow(change map[string]string) string {
	cells := map[string]string{
		"Employee": "12345678", "Assignment Number": "12345678", "Primary Assignment": "Yes", "FTE": "1",
		"Absence Type": "Sickness", "Absence Reason": "S11 Back Problems", "Staff Group": "Nursing and Midwifery Registered",
		"Absence Start Date": "20/01/2026 00:00", "Absence End Date": "08/02/2026 00:00",
		"Calendar Days Lost": "20", "Total Days Lost": "20", "FTE Days Lost": "20",
	}
	for name, value := range change {
		cells[name] = value
	}
	return line(headingESR, cells)
}

// TestPublishedReasons reads the real file: 12 months, 25 reasons, and the
// totals that awk finds in it.
func TestPublishedReasons(t *testing.T) {
	file, err := os.ReadFile("testdata/nhs-england-absence-reasons-2024-03-to-2025-02.csv")
	if err != nil {
		t.Fatal(err)
	}
	k, summary, rejects := parse(t, string(file))
	if summary.Layout != "NHS England reasons" || summary.Rows != 300 || summary.Accepted != 300 || len(rejects) != 0 {
		t.Fatalf("summary %+v, rejects %v", summary, rejects)
	}
	if !summary.First.Equal(date(2024, 3, 31)) || !summary.Last.Equal(date(2025, 2, 28)) {
		t.Errorf("from %v to %v", summary.First, summary.Last)
	}
	months, codes := map[time.Time]int{}, map[string]float64{}
	for _, r := range k.reasons {
		months[r.Month]++
		codes[r.Code] += r.DaysLost
		if r.StaffGroup != "All staff groups" {
			t.Errorf("staff group %q", r.StaffGroup)
		}
	}
	if len(months) != 12 || len(codes) != 25 || months[date(2024, 3, 31)] != 25 || months[date(2025, 2, 28)] != 25 {
		t.Errorf("%d months, %d reasons", len(months), len(codes))
	}
	for name, pair := range map[string][2]float64{
		"all": {summary.DaysLost, 27046555.9495}, "S10": {codes["S10"], 7166913.9148}, "S99": {codes["S99"], 723905.8204},
	} {
		if !near(pair[0], pair[1]) {
			t.Errorf("%s: %.4f days lost, want %.4f", name, pair[0], pair[1])
		}
	}
}

func TestPublishedRates(t *testing.T) {
	want := Rate{Organisation: "RXX", Month: date(2022, 3, 31), StaffGroup: "Nurses & health visitors", DaysLost: 1234.5, DaysAvailable: 20000}
	all := want
	all.StaffGroup = "All staff groups"
	for _, c := range []struct {
		layout, heading, row string
		want                 Rate
	}{
		{"older heading", heading2009, "2022-03,31/03/2022,RXX,A Trust,Acute,\"1,234.5\",20000,6.17", all},
		{"to March 2022", heading2022, "2022-03,31/03/2022,RXX,\"A, Trust\",Acute,Large,Y56,London,Nurses & health visitors,1234.5,20000,6.17", want},
		{"April to July 2022", headingApr, "31/03/2022,Y56,London,rxx,A Trust,Acute,Large,Nurses & health visitors,1234.5,20000,6.17", want},
		{"from August 2022", headingAug, "2022-03-01,Y56,London,QWE,South West London,RXX,A Trust,Acute,Large,Nurses & health visitors,1.2345E3,20000,6.17", want},
	} {
		for name, file := range map[string]string{
			"plain":                 c.heading + "\n" + c.row + "\n",
			"byte order mark, CRLF": "\ufeff" + c.heading + "\r\n" + c.row + "\r\n",
			"no last newline":       c.heading + "\n" + c.row,
		} {
			k, summary, rejects := parse(t, file)
			if !strings.HasSuffix(summary.Layout, c.layout) || len(rejects) != 0 || !slices.Equal(k.rates, []Rate{c.want}) {
				t.Errorf("%s, %s: %+v, %+v, %v", c.layout, name, summary, k.rates, rejects)
			}
		}
	}
}

func TestESRReport(t *testing.T) {
	file := headingESR + "\r\n" +
		esrRow(nil) + // 12 days in January, 8 in February, short
		// the same absence in a second post: days count, the episode does not
		esrRow(map[string]string{"Assignment Number": "12345678-2", "Primary Assignment": "No", "Staff Group": "Additional Clinical Services", "FTE": "0.5", "FTE Days Lost": "10"}) +
		// 28 days are long, 27 are short
		esrRow(map[string]string{"Employee": "2", "Absence Start Date": "01/02/2026 00:00", "Absence End Date": "28/02/2026 00:00", "Calendar Days Lost": "28", "FTE Days Lost": "28", "Absence Reason": ""}) +
		esrRow(map[string]string{"Employee": "3", "Absence Start Date": "01/02/2026 00:00", "Absence End Date": "27/02/2026 00:00", "Calendar Days Lost": "27", "FTE Days Lost": "27", "Absence Reason": "feels " + canary}) +
		// open: counted as far as the report went, to 10 April
		esrRow(map[string]string{"Employee": "4", "Absence Start Date": "01/03/2026 00:00", "Absence End Date": "31/12/4712 00:00", "Calendar Days Lost": "41", "FTE Days Lost": "20.5", "FTE": "0.5", "Staff Group": canary}) +
		esrRow(map[string]string{"Employee": "5", "Absence Type": "Maternity"})
	k, summary, rejects := parse(t, file)
	if len(rejects) != 0 {
		t.Fatal(rejects)
	}
	nurses, assistants := "Nursing and Midwifery Registered", "Additional Clinical Services"
	wantEpisodes := []Episodes{
		{Month: date(2026, 1, 31), StaffGroup: assistants, ShortDaysLost: 6},
		{Month: date(2026, 1, 31), StaffGroup: nurses, ShortStarted: 1, ShortDaysLost: 12},
		{Month: date(2026, 2, 28), StaffGroup: assistants, ShortDaysLost: 4},
		{Month: date(2026, 2, 28), StaffGroup: nurses, LongStarted: 1, ShortStarted: 1, LongDaysLost: 28, ShortDaysLost: 35},
		{Month: date(2026, 3, 31), StaffGroup: "Other", LongStarted: 1, OpenStarted: 1, LongDaysLost: 15.5},
		{Month: date(2026, 4, 30), StaffGroup: "Other", LongDaysLost: 5},
	}
	if diff := cmp.Diff(wantEpisodes, k.episodes, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
	wantReasons := []Reason{
		{date(2026, 1, 31), assistants, "S11", 6, 0}, {date(2026, 1, 31), nurses, "S11", 12, 1},
		{date(2026, 2, 28), assistants, "S11", 4, 0}, {date(2026, 2, 28), nurses, "S11", 8, 0}, {date(2026, 2, 28), nurses, "S99", 55, 2},
		{date(2026, 3, 31), "Other", "S11", 15.5, 1}, {date(2026, 4, 30), "Other", "S11", 5, 0},
	}
	if diff := cmp.Diff(wantReasons, k.reasons, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
	want := Summary{
		Layout: "ESR absence report", Rows: 6, Accepted: 5, Skipped: 1, First: date(2026, 1, 31), Last: date(2026, 4, 30), CompleteFrom: date(2026, 2, 28),
		DaysLost: 105.5, Episodes: 4, Open: 1, UnknownReasons: 2, UnknownGroups: 1,
	}
	if diff := cmp.Diff(want, summary, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Error(diff)
	}
}

func TestHealthRosterReport(t *testing.T) {
	row := func(change map[string]string) string {
		cells := map[string]string{
			"Staff Number": "12345678", "Grade Type": "Registered Nursing", "Group": "Sickness", "Reason": "Back Problems",
			"Start": "30/01/2026", "End": "03/02/2026", "Hours In Period (hh:mm)": "37:30", "Hours In Period": "37.5",
			"State": "Approved", "Submitted Upto Date": "28/02/2026", "Is Open Ended": "No",
		}
		for name, value := range change {
			cells[name] = value
		}
		return line(headingHR, cells)
	}
	k, summary, rejects := parse(t, headingHR+"\r\n"+row(nil)+
		row(map[string]string{"Staff Number": "2", "Start": "01/02/2026", "End": "31/12/9999", "Hours In Period (hh:mm)": "150:00", "Is Open Ended": "Yes"})+
		row(map[string]string{"Group": "Annual Leave"})+row(map[string]string{"State": "Cancelled"}))
	nurses := "Nursing and Midwifery Registered"
	want := []Episodes{
		{Month: date(2026, 1, 31), StaffGroup: nurses, ShortStarted: 1, ShortDaysLost: 2.8},
		{Month: date(2026, 2, 28), StaffGroup: nurses, LongStarted: 1, OpenStarted: 1, LongDaysLost: 28, ShortDaysLost: 4.2},
	}
	if diff := cmp.Diff(want, k.episodes, cmpopts.EquateApprox(0, 1e-9)); diff != "" || len(rejects) != 0 {
		t.Error(diff, rejects)
	}
	if summary.Skipped != 2 || summary.Open != 1 || !near(summary.DaysLost, 35) {
		t.Errorf("summary %+v", summary)
	}
}

func TestRejects(t *testing.T) {
	esr := func(change map[string]string) string { return headingESR + "\n" + esrRow(change) + esrRow(nil) }
	rate := func(row string) string { return headingApr + "\n" + row }
	for _, c := range []struct{ name, file, column string }{
		{"no employee", esr(map[string]string{"Employee": "", "Assignment Number": ""}), "Employee"},
		{"start", esr(map[string]string{"Absence Start Date": canary}), "Absence Start Date"},
		{"start in no year", esr(map[string]string{"Absence Start Date": "01/01/0026 00:00"}), "Absence Start Date"},
		{"end", esr(map[string]string{"Absence End Date": canary}), "Absence End Date"},
		{"month and day swapped", esr(map[string]string{"Absence End Date": "12/31/2026 00:00"}), "Absence End Date"},
		{"backwards", esr(map[string]string{"Absence End Date": "01/01/2026 00:00"}), "Absence End Date"},
		{"days", esr(map[string]string{"FTE Days Lost": canary}), "FTE Days Lost"},
		{"negative days", esr(map[string]string{"FTE Days Lost": "-1"}), "FTE Days Lost"},
		{"no days, no share", esr(map[string]string{"FTE Days Lost": "", "FTE": ""}), "FTE Days Lost"},
		{"open without end", esr(map[string]string{"Absence End Date": "", "Calendar Days Lost": "", "Total Days Lost": "", "FTE": ""}), "Absence End Date"},
		{"ragged", headingESR + "\n" + canary + "\n" + esrRow(nil), ""},
		{"stray quotation mark", headingESR + "\n" + esrRow(map[string]string{"Last Name": `O"` + canary}) + esrRow(nil), ""},
		{"not finite", rate("31/05/2022,,,RXX,,,,All,NaN,20,1"), "FTE_DAYS_LOST"},
		{"hexadecimal", rate("31/05/2022,,,RXX,,,,All,0x10,20,1"), "FTE_DAYS_LOST"},
		{"suppressed", rate("31/05/2022,,,RXX,,,,All,1,*,1"), "FTE_DAYS_AVAILABLE"},
		{"more lost than available", rate("31/05/2022,,,RXX,,,,All,21,20,1"), "FTE_DAYS_LOST"},
		{"organisation", rate("31/05/2022,,,,,,,All,1,20,1"), "ORG_CODE"},
		{"date", rate("May,,,RXX,,,,All,1,20,1"), "DATE"},
		{"reason", headingWhy + "\n31/05/2022,All,S97 Nothing,1", "REASON"},
	} {
		k, summary, rejects := parse(t, c.file)
		if len(rejects) != 1 || rejects[0].Line != 2 || rejects[0].Column != c.column || summary.Rejected != 1 {
			t.Errorf("%s: %+v", c.name, rejects)
		}
		for _, r := range rejects {
			if !locale.English().Has(r.Reason) {
				t.Errorf("%s: no words for %s", c.name, r.Reason)
			}
		}
		if strings.Contains(c.file, esrRow(nil)) && (len(k.episodes) != 2 || summary.Accepted != 1) {
			t.Errorf("%s: the good row after it was lost", c.name)
		}
		if strings.Contains(fmt.Sprintf("%+v %+v %+v", rejects, summary, k), canary) {
			t.Errorf("%s: a name got through", c.name)
		}
	}
}

// TestNothingPersonalComesOut: whatever stands in the columns that are not
// read, and in those that are, no name, number or free text leaves.
func TestNothingPersonalComesOut(t *testing.T) {
	columns := strings.Split(headingESR, ",")
	for _, column := range columns {
		k, summary, rejects := parse(t, headingESR+"\n"+esrRow(map[string]string{column: canary})+esrRow(nil))
		out := fmt.Sprintf("%+v %+v %+v", k, summary, rejects)
		if strings.Contains(out, canary) || strings.Contains(out, "12345678") {
			t.Errorf("%s: %s", column, out)
		}
	}
	_, _, err := Parse(strings.NewReader(canary+","+canary+"\n"), packs(t), &kept{})
	if err == nil || strings.Contains(err.Error(), canary) {
		t.Errorf("heading: %v", err)
	}
}

func TestWholeFileIsRefused(t *testing.T) {
	for name, file := range map[string]string{
		"empty":             "",
		"another file":      "a,b,c\n1,2,3\n",
		"UTF-16":            "\xff\xfeD\x00A\x00",
		"no end date":       strings.Replace(headingESR, "Absence End Date", "Absence Finish", 1) + "\n",
		"endless quotation": headingWhy + "\n31/05/2022,\"All,S10 x,1\n31/05/2022,All,S10 x,1\n",
	} {
		if _, _, err := Parse(strings.NewReader(file), packs(t), &kept{}); err == nil {
			t.Errorf("%s: read", name)
		}
	}
	_, _, err := Parse(strings.NewReader(strings.Replace(headingESR, "Absence End Date", "x", 1)+"\n"), packs(t), &kept{})
	var unknown *UnknownLayoutError
	if !errors.As(err, &unknown) || unknown.Nearest != "ESR absence report" || !slices.Equal(unknown.Missing, []string{"Absence End Date"}) {
		t.Errorf("nearest layout: %v", err)
	}
}

type fullSink struct{ kept }

var errFull = errors.New("disk is full")

func (fullSink) Reason(Reason) error { return errFull }

func TestSinkErrorStops(t *testing.T) {
	for _, file := range []string{headingWhy + "\n31/05/2022,All,S10,1\n", headingESR + "\n" + esrRow(nil)} {
		if _, _, err := Parse(strings.NewReader(file), packs(t), &fullSink{}); !errors.Is(err, errFull) {
			t.Errorf("got %v", err)
		}
	}
}

// FuzzParse: whatever the bytes, reading ends, every row is accounted for, and
// every figure that comes out is a sensible one that belongs to the total.
func FuzzParse(f *testing.F) {
	for _, heading := range []string{heading2009, heading2022, headingApr, headingAug, headingWhy, headingESR, headingHR} {
		f.Add(heading + "\n" + strings.Repeat("1,", strings.Count(heading, ",")) + "1\n")
	}
	f.Add("\ufeff" + headingESR + "\r\n" + esrRow(nil) + esrRow(map[string]string{"Absence End Date": "31/12/4712 00:00", "Calendar Days Lost": "1e8"}))
	f.Add(headingApr + "\n31/05/2022,,,RXX,,,,All,1,20,1\n")
	f.Add(headingWhy + "\n31/05/2022,All,S10 x,1\n\"")
	f.Add(headingHR + "\n" + line(headingHR, map[string]string{"Group": "sick", "Start": "01/01/1948", "End": "31/12/2100", "Hours In Period (hh:mm)": "9:59"}))
	p := packs(f)
	f.Fuzz(func(t *testing.T, file string) {
		k := &kept{}
		summary, rejects, err := Parse(strings.NewReader(file), p, k)
		if err != nil {
			return
		}
		if summary.Accepted+summary.Skipped+summary.Rejected != summary.Rows || len(rejects) > summary.Rejected {
			t.Fatalf("rows do not add up: %+v", summary)
		}
		total := 0.0
		check := func(month time.Time, days float64) {
			if !month.Equal(monthEnd(month)) || days < 0 || math.IsInf(days, 0) || math.IsNaN(days) {
				t.Fatalf("figure %v in %v", days, month)
			}
			total += days
		}
		for _, r := range k.rates {
			check(r.Month, r.DaysLost)
		}
		for _, r := range k.reasons {
			check(r.Month, r.DaysLost)
		}
		if math.Abs(total-summary.DaysLost) > 1e-6*(1+total) {
			t.Fatalf("figures add up to %v, summary says %v", total, summary.DaysLost)
		}
	})
}
