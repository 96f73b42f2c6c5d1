package password

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHashAndVerify(t *testing.T) {
	const secret = "correct horse battery staple £"
	phc, err := Hash(secret)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash is %s", phc)
	}
	if other, _ := Hash(secret); other == phc {
		t.Error("two hashes of a password are the same")
	}
	for password, want := range map[string]bool{secret: true, secret + " ": false, "": false, strings.ToUpper(secret): false} {
		if ok, again, err := Verify(phc, password); ok != want || again || err != nil {
			t.Errorf("%q: %v, %v, %v", password, ok, again, err)
		}
	}
	if ok, _, err := Verify("", ""); ok || err != nil {
		t.Errorf("unknown account: %v, %v", ok, err)
	}
	if _, err := Hash(strings.Repeat("x", MaxLength+1)); !errors.Is(err, ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
	if ok, _, err := Verify(phc, strings.Repeat("x", MaxLength+1)); ok || err != nil {
		t.Errorf("too long: %v, %v", ok, err)
	}
}

// TestKnownAnswer has a vector of the reference implementation (test.c of
// phc-winner-argon2: version 0x13, argon2id, t=2, m=2^16, p=1).
func TestKnownAnswer(t *testing.T) {
	const phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	ok, again, err := Verify(phc, "password")
	if !ok || err != nil {
		t.Fatalf("%v, %v", ok, err)
	}
	if !again {
		t.Error("a hash of another cost is not to be made again")
	}
}

func TestStoredHashIsChecked(t *testing.T) {
	good, err := Hash("x")
	if err != nil {
		t.Fatal(err)
	}
	for name, phc := range map[string]string{
		"another function": strings.Replace(good, "argon2id", "argon2i", 1),
		"another version":  strings.Replace(good, "v=19", "v=16", 1),
		"all the memory":   strings.Replace(good, "m=19456", "m=4000000000", 1),
		"no passes":        strings.Replace(good, "t=2", "t=0", 1),
		"no lanes":         strings.Replace(good, "p=1", "p=0", 1),
		"short":            good[:len(good)-4],
		"more":             good + "$",
		"spaces":           strings.Replace(good, "m=", "m= ", 1),
		"plain text":       "password",
	} {
		if ok, _, err := Verify(phc, "x"); ok || err == nil {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
}

// TestRFC6238 has the SHA-1 vectors of RFC 6238 appendix B, of whose eight
// digits six are ours.
func TestRFC6238(t *testing.T) {
	secret := secretEncoding.EncodeToString([]byte("12345678901234567890"))
	for unix, code := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471",
		1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		step, ok, err := CheckTOTP(secret, code[2:], 0, time.Unix(unix, 0))
		if !ok || err != nil || step != unix/30 {
			t.Errorf("at %d: %d, %v, %v", unix, step, ok, err)
		}
	}
}

func TestTOTPWindowAndReplay(t *testing.T) {
	secret := NewTOTPSecret()
	raw, _ := secretEncoding.DecodeString(secret)
	now := time.Unix(1_800_000_010, 0)
	step := now.Unix() / 30
	for offset, want := range map[int64]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		code := hotp(raw, uint64(step+offset))
		if got, ok, err := CheckTOTP(secret, code[:3]+" "+code[3:], 0, now); ok != want || err != nil || ok && got != step+offset {
			t.Errorf("%d steps off: %v, %v", offset, ok, err)
		}
	}
	if _, ok, _ := CheckTOTP(secret, hotp(raw, uint64(step)), step, now); ok {
		t.Error("a code was accepted twice")
	}
	if _, ok, _ := CheckTOTP(secret, hotp(raw, uint64(step-1)), step, now); ok {
		t.Error("a code older than the last was accepted")
	}
	if _, _, err := CheckTOTP("AAAA", "000000", 0, now); err == nil {
		t.Error("a short secret was used")
	}
	address := TOTPAddress("Rowan OH", "a.nurse@example.org", secret)
	if want := "otpauth://totp/Rowan%20OH:a.nurse@example.org?issuer=Rowan%20OH&secret=" + secret; address != want {
		t.Errorf("address %s, want %s", address, want)
	}
}

func TestRecoveryCodes(t *testing.T) {
	codes, hashes := NewRecoveryCodes()
	if len(codes) != 10 || len(slices.Compact(slices.Sorted(slices.Values(codes)))) != 10 {
		t.Fatalf("codes %v", codes)
	}
	for i, h := range hashes {
		if strings.Contains(h, strings.ReplaceAll(codes[i], "-", "")) {
			t.Fatal("a hash holds its code")
		}
	}
	typed := strings.ToLower(strings.ReplaceAll(codes[7], "-", " "))
	typed = strings.NewReplacer("0", "o", "1", "l").Replace(typed)
	index, ok, err := MatchRecoveryCode(hashes, typed)
	if index != 7 || !ok || err != nil {
		t.Fatalf("%d, %v, %v", index, ok, err)
	}
	hashes = slices.Delete(hashes, index, index+1)
	for name, code := range map[string]string{"used": codes[7], "empty": "", "wrong": "00000-00000", "long": strings.Repeat("A", 1000)} {
		if _, ok, err := MatchRecoveryCode(hashes, code); ok || err != nil {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
	if _, ok, err := MatchRecoveryCode(nil, codes[0]); ok || err != nil {
		t.Errorf("without codes: %v, %v", ok, err)
	}
	if _, _, err := MatchRecoveryCode([]string{"spoilt"}, codes[0]); err == nil {
		t.Error("a spoilt hash was passed over")
	}
}

// TestSameWork: an unknown account costs what a known one does. It compares
// the best of several runs and allows a factor of ten, because the machine is
// shared; leaving the work out would be a factor of thousands.
func TestSameWork(t *testing.T) {
	phc, err := Hash("x")
	if err != nil {
		t.Fatal(err)
	}
	best := func(phc string) time.Duration {
		shortest := time.Hour
		for range 5 {
			start := time.Now()
			if _, _, err := Verify(phc, "wrong"); err != nil {
				t.Fatal(err)
			}
			shortest = min(shortest, time.Since(start))
		}
		return shortest
	}
	known, unknown := best(phc), best("")
	t.Logf("known %v, unknown %v", known, unknown)
	if unknown < known/10 || unknown > known*10 {
		t.Errorf("known account takes %v, unknown %v", known, unknown)
	}
}
