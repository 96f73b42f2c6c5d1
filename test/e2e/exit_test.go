package e2e

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkExit ends a contract: from the plan over cases and records to the receipt, and to the doors that close.
func walkExit(t *testing.T) { each(t, (*journey).exit) }

// exits are the steps of a plan in the order of their days, but for the one that the walk does by itself.
var exits = []string{"Name the new provider, or say that there is none", "End what the client's people can do here, and agree on the last day", "Hand over the lists of recalls and health surveillance that come due",
	"Tell staff and managers who looks after them from now on", "Release reports, or tell the referrer that none comes", "Close each open case, hand it over, or say why it ends", "Hand over the records and get a receipt", "Write down what stays here, and for how long"}

func (j *journey) exit() {
	const client = "Wyre Community Health"
	j.has(j.w.Local, "attended")
	j.has(j.w.LocalManager, "closed")
	lead := j.as(j.w.OHLead, access.Lead).Visit("/contracts").Want(200).Click(client).Want(200).Click("Exit plan").Want(200).Says("set that first").Click("Set the last day for new referrals").Want(200)
	lead.Date("Last day for new referrals", j.day.Format("2"), j.day.Format("1"), j.day.Format("2006")).Click("Set the day").Want(200).Click("Exit plan").Want(200).Shot("exit-none").Click("Start the exit plan").Want(200).Says("The exit plan has begun", "Fewer than 8", "Not counted yet").Shot("exit-plan")
	plan := lead.Path
	lead.Click("Say who takes over").Want(200)
	j.refused(lead, "Save", "Select whether another provider takes over").Shot("exit-receiver-refused")
	lead.ChooseIn("Does another provider take over?", "Yes").Fill("Name of the provider", "Fell Health").Fill("Who there takes the records", "Dr Jo Ash, clinical lead").Click("Save").At(plan).Says("Fell Health")
	lead.Click("Tell staff that the provider changes, and how to say no").Want(200)
	j.refused(lead, "Save", "Select who does it").Shot("exit-step-refused")
	lead.Select("Who does it?", "Helen Marsh")
	j.date(lead, "Done on (leave empty if it is not done)", -29)
	lead.Click("Save").At(plan).Says("Helen Marsh")

	theirs := j.reads()
	nurse := j.as(j.w.OHNurse, access.Nurse).Visit("/handovers").Want(200).Shot("exit-handovers").Click(client).Want(200).Says("Joan Miles", "not decided", "counselling notes").Hides("Ewan Clark").Shot("exit-handover")
	at := nurse.Path
	j.counts(nurse, at)
	nurse.Click("Joan Miles").Want(200).ChooseIn("What did they say about their record?", "They said no").Choose("The new provider goes on with it")
	j.refused(nurse, "Save", "Enter the day on which they said it", "Select what you agreed on", "They said no, so it cannot go to the new provider").Shot("exit-person-refused")
	nurse.ChooseIn("What did they say about their record?", "They agreed that it goes")
	j.date(nurse, "On which day?", 0)
	nurse.Click("Save").At(at).Says("They agreed that it goes").Click("Everybody else with a record").Want(200).Says("Ewan Clark").Shot("exit-people")
	nurse.Visit(at).Click("Ask for a file").At(at).Says("one asks, another makes").Shot("exit-asked")
	physician := j.as(j.w.OHPhysician, access.Physician).Visit(at).Want(200).Shot("exit-make")
	file := physician.Download("Make the file")
	if !strings.HasPrefix(string(file), "PK") {
		j.t.Errorf("the file begins %q", file[:min(len(file), 20)])
	}
	j.receipt(nurse, at, file)
	nurse.Visit(at).Click("Close the cases that went").At(at).Says("Nobody has an open case").Shot("exit-gone")

	for _, step := range exits {
		lead.Visit(plan).Want(200).Click(step).Want(200).Select("Who does it?", "Anne Shaw")
		j.date(lead, "Done on (leave empty if it is not done)", 0)
		lead.Click("Save").At(plan)
	}
	lead.Says("New referrals are taken until").Shot("exit-done")
	theirs.Visit("/our-contract/exit").Want(200).Says("Done on").Hides("Not done, and its day is over", "Helen Marsh", "Anne Shaw", "Dr Jo Ash").Shot("exit-told-done")
	j.h.at(j.day.AddDate(0, 0, 1))
	lead = j.as(j.w.OHLead, access.Lead).Visit(plan).Want(200).Says("your team no longer sees their staff list").Shot("exit-close").Click("Close the contract").Want(200).Says("The contract closes tomorrow")
	lead.Visit(plan).Want(200).Hides("Close the contract").Shot("exit-closed")
	j.h.at(j.day)
}

// reads is what HR of the client sees of the plan: its steps and days, and nobody.
func (j *journey) reads() *browser.Visitor {
	j.h.show(j.t, j.w.LocalManager, access.HR)
	hr := j.as(j.w.LocalManager, access.HR).Visit("/our-contract").Want(200).Click("How your contract ends").At("/our-contract/exit").Want(200)
	return hr.Says("Fell Health", "No record goes before", "You get no record", "not given to anybody yet").Hides("Helen Marsh", "Dr Jo Ash", "Joan Miles", "Fewer than 8").Shot("exit-told")
}

// counts enters what is kept elsewhere.
func (j *journey) counts(nurse *browser.Visitor, at string) {
	nurse.Click("Enter how many recalls").Want(200)
	j.refused(nurse, "Save", "Enter a whole number, 0 for none", "Select where they are kept").Shot("exit-due-refused")
	nurse.Fill("How many come due?", "14").ChooseIn("Where are they kept?", "In another system").Click("Save").At(at).Says("14, counted on")
	nurse.Click("Enter how much surveillance").Want(200).Fill("How many come due?", "0").ChooseIn("Where are they kept?", "There are none").Click("Save").At(at)
}

// receipt keeps what the receiver sent, with the fingerprint that they found.
func (j *journey) receipt(nurse *browser.Visitor, at string, file []byte) {
	sum := sha256.Sum256(file)
	hash := hex.EncodeToString(sum[:])
	nurse.Visit(at).Want(200).Says(hash).Click("Keep the receipt").Want(200).Fill("The code that they found for the file (SHA-256)", strings.Repeat("0", 64))
	if got := nurse.Swap("Keep it", "There is a problem").Want(422).Shot("exit-receipt-refused").Lines(".nhsuk-error-summary__list a"); len(got) != 2 || got[0] != "Select a file" || !strings.HasPrefix(got[1], "This is not the code of this file") {
		j.t.Errorf("%s: reasons are %q", j.view.Name, got)
	}
	path := filepath.Join(j.t.TempDir(), "receipt.txt")
	if err := os.WriteFile(path, []byte("We have the records."), 0o600); err != nil {
		j.t.Fatal(err)
	}
	nurse.Upload("The receipt, as they sent it", path).Fill("The code that they found for the file (SHA-256)", hash).Swap("Keep it", "kept the receipt").At(at).Shot("exit-receipt")
	if got := string(nurse.Download("Receipt: receipt.txt")); got != "We have the records." {
		j.t.Errorf("the receipt reads %q", got)
	}
}

// has gives somebody a case that their manager opened.
func (j *journey) has(who world.Who, state string) {
	j.t.Helper()
	referral, id, at := uuid.New(), uuid.New(), j.h.now()
	for _, x := range []struct {
		as  access.Actor
		sql string
		arg []any
	}{
		{j.w.LocalManager.As(access.Manager, access.Employer), `insert into referral (organisation_id, service_id, id, kind, person_id, referrer_person_id, viewers, text, state, state_at, submitted_at) values ($1,$2,$3,'management',$4,$5,array[$5::uuid],'{"why":"Off sick"}','attended',$6,$6)`,
			[]any{who.Organisation, who.Service, referral, who.Person, j.w.LocalManager.Person, at}},
		{j.w.OHNurse.As(access.Nurse, access.Clinical), `insert into casefile (service_id, id, organisation_id, person_id, source, referral_id, state, state_at, received_at, reason, closed_at, closing_reason) values ($1,$2,$3,$4,'management',$5,$6,$7,$7,'MSK', case when $6 = 'closed' then $7::timestamptz end, case when $6 = 'closed' then 'ADVICE_COMPLETE' end)`,
			[]any{who.Service, id, who.Organisation, who.Person, referral, state, at}},
	} {
		if err := j.h.db.InTenant(context.Background(), x.as, func(tx *postgres.Tx) error {
			_, err := tx.Exec(context.Background(), x.sql, x.arg...)
			return err
		}); err != nil {
			j.t.Fatal(err)
		}
	}
}
