package system_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// TestTake: the file of another installation becomes the rows that it was made of; what is wrong with one leaves nothing behind.
func TestTake(t *testing.T) {
	ctx, now := context.Background(), time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	db := world.Open(t)
	w := world.New(t, db)
	s, err := system.New(db, content.FS)
	if err != nil {
		t.Fatal(err)
	}
	ward := access.Actor{Account: uuid.New(), Name: "Mary Ives", Role: access.SystemLead, Wall: access.Growth}
	err = db.InTenant(ctx, access.SystemActor(access.Growth, w.Trust, uuid.Nil), func(tx *postgres.Tx) error {
		m, _, err := organisation.SystemOf(ctx, tx, w.Trust, now)
		ward.Organisation = m.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := seal.Open(t.TempDir(), release.SigningKey)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := release.NewSigner(keys.Other(release.SigningKey.Name))
	if err != nil {
		t.Fatal(err)
	}
	part, whole, score := 15, 130, 60
	of := func(change func(*release.Release)) []byte {
		month := civil.MustParse("2026-10-01")
		r := release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: now, AsAt: civil.MustParse("2026-10-31"), System: release.SystemCode(ward.Organisation, ""), Code: "K7Q2MX", Model: "outsourced",
			Figures: []release.Figure{
				{Metric: "K01", Month: month, Definition: "K01, version 2", State: release.Hidden, Whole: &whole},
				{Metric: "K10", Month: month, Definition: "K10, version 1", State: release.Known, Part: &part, Whole: &whole},
				{Metric: "elements", Item: "E1", Month: month, Definition: "framework, version 1", State: release.Known, Score: &score},
			}}
		if change != nil {
			change(&r)
		}
		file, err := signer.Sign(r)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	first := of(nil)
	refused := func(what string, file []byte, want string) {
		t.Helper()
		before, err := s.Export(ctx, ward)
		if err != nil {
			t.Fatal(err)
		}
		var r *sheet.Refused
		if _, err := s.Take(ctx, ward, now, file); !errors.As(err, &r) || r.Key != want {
			t.Errorf("%s: %v, want %s", what, err, want)
		}
		if after, err := s.Export(ctx, ward); err != nil || len(after) != len(before) {
			t.Errorf("%s left something: %d rows, %v", what, len(after), err)
		}
	}
	refused("a stranger's file", first, "network.file.stranger")
	if err := s.AddKey(ctx, ward, now, "Fells Trust", signer.Fingerprint()); err != nil {
		t.Fatal(err)
	}
	changed := slices.Clone(first)
	changed[len(changed)/2] ^= 1
	if _, err := s.Take(ctx, ward, now, changed); err == nil {
		t.Error("a changed file is taken")
	}
	got, err := s.Take(ctx, ward, now, first)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.Export(ctx, ward)
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	for i, r := range rows {
		if !r.Same(got.Figures[i]) || r.Code != "K7Q2MX" || r.Model != "outsourced" {
			t.Errorf("kept %+v, sent %+v", r, got.Figures[i])
		}
	}
	refused("the same file", first, "network.file.again")
	refused("a month anew", of(func(r *release.Release) { other := 20; r.Figures[1].Part = &other }), "network.file.frozen")
	refused("another ICS's", of(func(r *release.Release) { r.System = "QZZ" }), "network.file.elsewhere")
	refused("an unrounded count", of(func(r *release.Release) { n := 13; r.Code, r.Figures[1].Part = "ZZZZZZ", &n }), "network.file.small")
	list, ks, err := s.Arrived(ctx, ward)
	if err != nil || len(list) != 1 || list[0].Way != system.File || len(ks) != 1 || ks[0].Closed() {
		t.Errorf("%+v %+v %v", list, ks, err)
	}
	if err := s.CloseKey(ctx, ward, now, signer.Fingerprint()); err != nil {
		t.Fatal(err)
	}
	refused("a closed key", of(func(r *release.Release) { r.Code = "YYYYYY" }), "network.file.stranger")
	if err := s.AddKey(ctx, ward, now, "Fells Trust again", signer.Fingerprint()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Take(ctx, ward, now, of(func(r *release.Release) { r.Code = "YYYYYY" })); err != nil {
		t.Errorf("a key that is open again: %v", err)
	}
	if clean, f := system.CheckKey("", "abc"); len(f) != 2 {
		t.Errorf("%s %v", clean, f)
	}
	// Another ICS, and an organisation that shares nothing, have none of it.
	for _, a := range []access.Actor{w.OHLead.As(access.Lead, access.Growth), {Organisation: uuid.New(), Role: access.SystemLead, Wall: access.Growth}} {
		if rows, err := s.Export(ctx, a); err != nil || len(rows) != 0 {
			t.Errorf("%v reads %d rows, %v", a.Role, len(rows), err)
		}
	}
}
