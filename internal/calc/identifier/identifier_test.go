package identifier

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		value string
		want  string // normalised, or part of the reason after a !
	}{
		// 4*10 + 0*9 + 1*8 + 0*7 + 2*6 + 3*5 + 2*4 + 1*3 + 3*2 = 92 = 8*11 + 4; 11 - 4 = 7.
		{NHSNumber, "4010232137", "4010232137"},
		{NHSNumber, " 401 023 2137", "4010232137"},
		{NHSNumber, "401-023-2137", "4010232137"},
		{NHSNumber, "4010232138", "!does not check"},
		{NHSNumber, "943 476 5919", "!for tests"},
		{NHSNumber, "9434765918", "!does not check"},
		{NHSNumber, "9990548609", "!for tests"},
		{NHSNumber, "9449305552", "!for tests"},
		{NHSNumber, "0000000000", "!ten times"},
		{NHSNumber, "1111111111", "!ten times"},
		{NHSNumber, "4444444444", "!ten times"},
		{NHSNumber, "943476591", "!ten digits"},
		{NHSNumber, "94347659190", "!ten digits"},
		{NHSNumber, "94347659I9", "!ten digits"},
		{NHSNumber, "４010232137", "!ten digits"},
		{NHSNumber, "", "!empty"},
		{NHSNumber, " - ", "!empty"},
		{ESREmployee, "00123456", "00123456"},
		{ESREmployee, "0012 3456", "00123456"},
		{ESREmployee, "123456", "!eight digits"},
		{ESREmployee, "00123456-2", "!eight digits"},
		{ESRAssignment, "00123456", "00123456"},
		{ESRAssignment, "00123456-2", "00123456-2"},
		{ESRAssignment, "00123456-12", "00123456-12"},
		{ESRAssignment, "00123456-99", "00123456-99"},
		{ESRAssignment, "00123456-0", "!further posts"},
		{ESRAssignment, "00123456-1", "!further posts"},
		{ESRAssignment, "00123456-02", "!further posts"},
		{ESRAssignment, "00123456-", "!eight digits"},
		{ESRAssignment, "00123456-123", "!eight digits"},
		{ODS, "rj1", "RJ1"},
		{ODS, "X99999", "X99999"},
		{ODS, "RJ", "!three to ten"},
		{ODS, "RJ1-2", "!three to ten"},
		{"nhs", "4010232137", "4010232137"},
		{"esr_employee_number", "00123456", "00123456"},
		{ODS, "\u212a\u017f1", "!three to ten"}, // the Kelvin sign and the long s
		{NMC, "98i1234e", "98I1234E"},
		{NMC, "98M1234E", "!A to L"},
		{NMC, "98I12345", "!A to L"},
		{GMC, "7654321", "7654321"},
		{GMC, "C7654321", "!seven digits"},
		{HCPC, "ph 123456", "PH123456"},
		{HCPC, "PYL12345", "PYL12345"},
		{HCPC, "PHX12345", "!profession"},
		{HCPC, "PH1234567", "!profession"},
		{GMC, strings.Repeat(" ", 101) + "7654321", "!seven digits"},
	} {
		v, err := Check(c.kind, c.value)
		got := "!"
		if v.Valid {
			got = *v.Normalised
		} else if err == nil {
			got += *v.Reason
		}
		if err != nil || !strings.Contains(got, strings.TrimPrefix(c.want, "!")) || v.Valid == strings.HasPrefix(c.want, "!") || (v.Reason == nil) != v.Valid || (v.Normalised != nil) != v.Valid {
			t.Errorf("%s %q: %s %v, want %s", c.kind, c.value, got, err, c.want)
		}
	}
}

// TestRanges has the first and the last number of each range that passes the check, and the nearest outside.
func TestRanges(t *testing.T) {
	for _, edge := range []struct {
		from int
		step int
		want bool
	}{
		{100_000_000, 1, true}, {99_999_999, -1, false},
		{3_112_999_999, -1, true}, {3_113_000_000, 1, false},
		{3_200_000_000, 1, true}, {3_199_999_999, -1, false},
		{4_999_999_999, -1, true}, {5_000_000_000, 1, false},
		{5_999_999_999, -1, false}, {6_000_000_000, 1, true},
		{7_999_999_999, -1, true}, {8_000_000_000, 1, false}, {8_999_999_999, -1, false},
	} {
		n := edge.from
		for digits := fmt.Sprintf("%010d", n); !CheckDigit(digits) || strings.Count(digits, digits[:1]) == 10; digits = fmt.Sprintf("%010d", n) {
			n += edge.step
		}
		if got := Is(NHSNumber, fmt.Sprintf("%010d", n)); got != edge.want {
			t.Errorf("%010d: %v, want %v", n, got, edge.want)
		}
	}
}

// TestCheckOfTen: no last digit goes with 999000000, whose check would be 10.
func TestCheckOfTen(t *testing.T) {
	for d := range 10 {
		if CheckDigit(fmt.Sprintf("999000000%d", d)) {
			t.Error(d)
		}
	}
}

// TestSlips: modulus 11 finds each single wrong digit and each pair of neighbours that changed places.
func TestSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := []byte(rapid.StringMatching(`[0-9]{9}`).Draw(t, "nine") + "0")
		for ; digits[9] <= '9' && !CheckDigit(string(digits)); digits[9]++ {
		}
		if digits[9] > '9' {
			return
		}
		i := rapid.IntRange(0, 9).Draw(t, "place")
		wrong := append([]byte(nil), digits...)
		wrong[i] = '0' + (wrong[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if CheckDigit(string(wrong)) {
			t.Fatalf("%s passes for %s", wrong, digits)
		}
		if i < 9 && digits[i] != digits[i+1] {
			copy(wrong, digits)
			wrong[i], wrong[i+1] = wrong[i+1], wrong[i]
			if CheckDigit(string(wrong)) {
				t.Fatalf("%s passes for %s", wrong, digits)
			}
		}
	})
}

func TestRun(t *testing.T) {
	for in, want := range map[string]string{
		`{"kind":"nhs_number","value":"401 023 2137"}`: `{"valid":true,"normalised":"4010232137","reason":null}`,
		`{"kind":"gmc","value":"12"}`:                  `{"valid":false,"normalised":null,"reason":"a GMC number has seven digits"}`,
		`{"kind":"gmc","value":""}`:                    `{"valid":false,"normalised":null,"reason":"it is empty"}`,
	} {
		if got, err := Run([]byte(in)); err != nil || string(got) != want {
			t.Errorf("%s: %s %v", in, got, err)
		}
	}
	for in, want := range map[string]string{
		`{}`:                           "kind is missing",
		`{"kind":"gmc"}`:               "value is missing",
		`{"kind":"gmc","value":null}`:  "value is missing",
		`{"kind":"gmc","value":12}`:    "value cannot hold a number",
		`{"kind":"nino","value":"x"}`:  `"nino" is not one of nhs_number, esr_employee`,
		`{"kind":"gmc","valve":"1"}`:   `unknown key "valve"`,
		`{"kind":"gmc","value":"1"} 2`: "something after",
	} {
		if got, err := Run([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s %v, want %q", in, got, err, want)
		}
	}
}

// FuzzRun: a verdict has either a normalised form, which is itself valid, or a reason.
func FuzzRun(f *testing.F) {
	f.Add([]byte(`{"kind":"nhs_number","value":"401 023 2137"}`))
	f.Add([]byte(`{"kind":"hcpc","value":"ph\u00a0123456"}`))
	f.Add([]byte(`{"kind":"ods","value":"ſſſ"}`))
	f.Add([]byte(`{"kind":"nmc","value":"\ud800"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		raw, err := Run(data)
		if err != nil {
			return
		}
		var in struct{ Kind Kind }
		var v Verdict
		if json.Unmarshal(data, &in) != nil || json.Unmarshal(raw, &v) != nil {
			t.Fatalf("%s", raw)
		}
		if v.Valid != (v.Normalised != nil) || v.Valid == (v.Reason != nil) || v.Valid && !Is(in.Kind, *v.Normalised) {
			t.Fatalf("%s: %s", data, raw)
		}
	})
}
