package access

import "testing"

func TestRegistration(t *testing.T) {
	for text, want := range map[string]Registration{
		"NMC 00Z2345E":    "NMC 00Z2345E",
		" nmc 00z 2345e ": "NMC 00Z2345E",
		"GMC 7654321":     "GMC 7654321",
		"HCPC PH 123456":  "HCPC PH123456",
		"":                "",
		"NMC":             "",
		"NMC 12":          "",
		"ABC 1234567":     "",
		"GMC 7654321; --": "",
	} {
		got, ok := ParseRegistration(text)
		if got != want || ok != (want != "") {
			t.Errorf("%q is read as %q, %v, want %q", text, got, ok, want)
		}
		body, n := got.Parts()
		if again, _ := NewRegistration(body, n); again != got {
			t.Errorf("%q falls apart into %q and %q", got, body, n)
		}
	}
}
