// Package reach counts whom an occupational health service saw, by groups of staff: the numbers that equality of access is judged by.
//
// The job behind the worker login is all that sets a person's groups beside whether they were seen: it makes each person's pseudonym and
// looks for it among those of attended appointments. What it keeps are counts by half-year (rollup_reach), which the service's growth
// login reads and no employer does: they hold self-referrals. Half-years do not overlap, and a person is counted once in each.
package reach

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// NotDeclared is the group of those of whom nothing is said.
const NotDeclared = "not_declared"

// Divisions of the staff, in their order.
const (
	StaffGroup = "staff_group"
	Site       = "site"
	Shift      = "shift"
	Age        = "age"
	Sex        = "sex"
	Ethnic     = "ethnic_group"
	Disability = "disability"
)

// Division is a way of dividing the staff, with its groups in their order.
type Division struct {
	ID    string
	Codes []string
}

// Pack is content/packs/access-groups.yaml.
type Pack struct {
	Definition     string `yaml:"definition"`
	Ends           []int  `yaml:"ends"`
	Back           int    `yaml:"back"`
	MatchedPercent int    `yaml:"matched_percent"`
	StaffGroup     []struct {
		Code  string   `yaml:"code"`
		Names []string `yaml:"names"`
	} `yaml:"staff_group"`
	Shift []struct {
		Code  string   `yaml:"code"`
		Words []string `yaml:"words"`
	} `yaml:"shift"`
	SiteLarge int   `yaml:"site_large"`
	Age       []int `yaml:"age"`
}

// Load reads the pack.
func Load(content fs.FS) (Pack, error) {
	var p Pack
	if err := pack.Read(content, "access-groups", &p); err != nil {
		return p, err
	}
	if p.Definition == "" || len(p.Ends) != 2 || p.Ends[0] < 1 || p.Ends[1] != p.Ends[0]+halfYear || p.Back < 1 || p.MatchedPercent < 1 || len(p.StaffGroup) == 0 || len(p.Shift) == 0 || p.SiteLarge < 1 || len(p.Age) == 0 || !slices.IsSorted(p.Age) {
		return p, fmt.Errorf("access-groups: it needs a definition, the ends of two half-years that do not overlap, and groups")
	}
	return p, nil
}

// BuiltIn is the pack that is compiled into the binary.
var BuiltIn = pack.Once(Load)

const halfYear = 6

// The types of site.
const (
	siteMain  = "main"
	siteLarge = "large"
	siteSmall = "small"
)

// Divisions lists what staff are divided by.
func (p Pack) Divisions() []Division {
	group, shift, age := Division{ID: StaffGroup}, Division{ID: Shift}, Division{ID: Age}
	for _, x := range p.StaffGroup {
		group.Codes = append(group.Codes, x.Code)
	}
	for _, x := range p.Shift {
		shift.Codes = append(shift.Codes, x.Code)
	}
	for i := range len(p.Age) + 1 {
		age.Codes = append(age.Codes, p.band(i))
	}
	out := []Division{group, {Site, []string{siteMain, siteLarge, siteSmall}}, shift, age, {Sex, []string{"female", "male"}},
		{Ethnic, []string{"asian", "black", "mixed", "white", "other"}}, {Disability, []string{"yes", "no"}}}
	for i := range out {
		if out[i].ID != Age { // everybody's date of birth is known
			out[i].Codes = append(out[i].Codes, NotDeclared)
		}
	}
	return out
}

// band names a band of age: "under_35", "35_49", "50_over".
func (p Pack) band(i int) string {
	switch {
	case i == 0:
		return fmt.Sprintf("under_%d", p.Age[0])
	case i == len(p.Age):
		return fmt.Sprintf("%d_over", p.Age[i-1])
	}
	return fmt.Sprintf("%d_%d", p.Age[i-1], p.Age[i]-1)
}

// Last is the last month of the half-year that was over before a day, and of those before it, the newest first.
func (p Pack) Last(today civil.Date) (out []civil.Date) {
	m := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	for len(out) < p.Back {
		m = m.AddMonths(-1)
		if p.EndsIn(m) {
			out = append(out, m)
		}
	}
	return out
}

// EndsIn says whether a half-year ends with a month.
func (p Pack) EndsIn(month civil.Date) bool { return slices.Contains(p.Ends, int(month.Month)) }

// First is the first month of the half-year that ends with one.
func First(month civil.Date) civil.Date { return month.AddMonths(1 - halfYear) }

// Member is somebody with what groups are made of.
type Member struct {
	StaffGroup, Site, Shift string // of the main post, as the staff feed writes them
	Born                    civil.Date
	Sex, Ethnic, Disability string // codes; "" where the feed does not say
	Seen                    bool
}

// Count is a group: how many are in it, and how many of them were seen.
type Count struct{ Staff, Seen int }

// Divide counts the groups of a half-year by division and code, noughts too.
func (p Pack) Divide(staff []Member, on civil.Date) map[[2]string]Count {
	out, sites := map[[2]string]Count{}, map[string]int{}
	for _, d := range p.Divisions() {
		for _, code := range d.Codes {
			out[[2]string{d.ID, code}] = Count{}
		}
	}
	for _, m := range staff {
		sites[m.Site]++
	}
	most := ""
	for name, n := range sites {
		if name != "" && (most == "" || n > sites[most] || n == sites[most] && name < most) {
			most = name
		}
	}
	for _, m := range staff {
		site := NotDeclared
		switch n := sites[m.Site]; {
		case m.Site == "":
		case m.Site == most:
			site = siteMain
		case n >= p.SiteLarge:
			site = siteLarge
		default:
			site = siteSmall
		}
		for _, key := range [][2]string{{StaffGroup, p.group(m.StaffGroup)}, {Site, site}, {Shift, p.shift(m.Shift)}, {Age, p.age(m.Born, on)},
			{Sex, said(m.Sex)}, {Ethnic, said(m.Ethnic)}, {Disability, said(m.Disability)}} {
			c := out[key]
			c.Staff++
			if m.Seen {
				c.Seen++
			}
			out[key] = c
		}
	}
	return out
}

func said(code string) string {
	if code == "" {
		return NotDeclared
	}
	return code
}

func (p Pack) group(name string) string {
	for _, x := range p.StaffGroup {
		if slices.ContainsFunc(x.Names, func(n string) bool { return strings.EqualFold(n, name) }) {
			return x.Code
		}
	}
	return NotDeclared
}

func (p Pack) shift(text string) string {
	text = strings.ToLower(text)
	for _, x := range p.Shift {
		if slices.ContainsFunc(x.Words, func(w string) bool { return strings.Contains(text, w) }) {
			return x.Code
		}
	}
	return NotDeclared
}

func (p Pack) age(born, on civil.Date) string {
	years := on.Year - born.Year
	if on.Month < born.Month || on.Month == born.Month && on.Day < born.Day {
		years--
	}
	i := 0
	for i < len(p.Age) && years >= p.Age[i] {
		i++
	}
	return p.band(i)
}
