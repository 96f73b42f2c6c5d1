package selfreferral

import (
	"slices"
	"testing"
)

func TestLacks(t *testing.T) {
	for r, want := range map[Reach][]string{
		{}:                             {"phone", "text", "email", "post"},
		{Mobile: true}:                 {"text", "email", "post"},
		{Safe: "mobile"}:               {"email", "post"},
		{Safe: "email"}:                {"phone", "text", "post"},
		{Safe: "email", Mobile: true}:  {"text", "post"},
		{Safe: "post", Mobile: true}:   {"text", "email"},
		{Safe: "mobile", Mobile: true}: {"email", "post"},
	} {
		var got []string
		for _, c := range Contacts {
			if r.Lacks(c) {
				got = append(got, c)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%+v lacks %v, want %v", r, got, want)
		}
	}
}
