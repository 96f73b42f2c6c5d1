package practice_test

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
)

func TestSoles(t *testing.T) {
	person := func(name, ends string, holds ...string) practice.Person {
		p := practice.Person{Member: practice.Member{Name: name}, States: map[string]practice.State{}}
		for _, key := range holds {
			p.States[key] = practice.State{Standing: practice.Unsupervised}
		}
		if ends != "" {
			p.Registrations = []practice.Registration{{Body: "NMC", Expires: civil.MustParse("2029-01-01")}, {Body: "NMC", Expires: civil.MustParse(ends)}}
		}
		return p
	}
	pack := practice.Pack{}
	for _, key := range []string{"triage", "vaccines", "blood", "vibration"} {
		pack.Competencies = append(pack.Competencies, practice.Competence{Key: key})
	}
	learning := person("Dee", "2026-12-01")
	learning.States["vibration"] = practice.State{Standing: practice.Learning}
	team := practice.Team{Pack: pack, People: []practice.Person{
		person("Ann", "", "blood"), person("Bob", "2027-03-01", "vaccines"), person("Cat", "2026-12-16", "triage", "vaccines", "vibration"), learning}}
	got := team.Soles()
	if len(got) != 2 || got[0].Name != "Cat" || len(got[0].Competencies) != 2 || got[0].Competencies[1].Key != "vibration" || got[0].Ends.On != civil.MustParse("2026-12-16") {
		t.Fatalf("%+v", got)
	}
	if got[1].Name != "Ann" || !got[1].Ends.On.IsZero() {
		t.Errorf("who has given no registration comes last: %+v", got[1])
	}
	if next := team.NextEnd(); next.Name != "Dee" || next.On != civil.MustParse("2026-12-01") {
		t.Errorf("the next to end is %+v", next)
	}
	if none := (practice.Team{Pack: pack}); len(none.Soles()) > 0 || !none.NextEnd().On.IsZero() {
		t.Error("nobody holds something alone")
	}
}
