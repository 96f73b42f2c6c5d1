package e2e

import (
	"os"
	"path/filepath"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
)

const england = "internal/growth/absence/absencefile/testdata/nhs-england-absence-reasons-2024-03-to-2025-02.csv"

// figures is the lead's part: how the service is doing, absence taken in from a published file, both side by side.
func (j *journey) figures() {
	v := j.as(j.w.OHLead, access.Lead).At("/performance").Want(200).Shot("performance")
	v.Visit("/absence").Want(200).Click("Take in a file").Want(200).Swap("Take in the file", "There is a problem").Want(422)
	v.Upload("Absence file", filepath.Join(root, england)).Swap("Take in the file", "Rows read").Want(200).Shot("absence-imported")
	v.Visit("/absence?scope=england").Want(200).Shot("absence").Visit("/absence/waits").Want(200).Shot("absence-waits")
}

// guard is the Caldicott guardian's part. First a physician who does not look after the person breaks the glass.
func (j *journey) guard() {
	v := j.as(j.w.OHPhysician2, access.Physician).Visit("/people").Want(200).Click("Search").Want(422)
	v.Fill("Beginning of the name, family name first", "Okafor").Date("Date of birth", "7", "3", "1984").Click("Search").Want(200).Click("Amara Okafor").Want(200).Shot("person")
	v.Click("Open their record in an emergency").Want(200).Shot("break-glass").Click("Open the record").Want(422)
	v.Choose("Urgent care, and no colleague can be reached").Fill("What has happened?", "She is in the emergency department.").Click("Open the record").Want(200)

	j.h.idle(j.t)
	v = j.as(j.w.Caldicott, access.Caldicott).At("/audit").Want(200).Shot("audit")
	v.Fill("Employee number of the person it is about", "nobody").Click("Search").Want(422).Fill("Employee number of the person it is about", "").Click("Search").Want(200).Says("Broke the glass").Shot("audit-found")
	v.Visit("/audit/break-glass").Want(200).Press("(//main//a[contains(@href, '/audit/break-glass/')])[1]").Want(200).Click("Save the review").Want(422)
	v.Choose("Justified").Choose("I spoke to the colleague").Click("Save the review").Want(200).Says("Review saved").Shot("glass")
	v.Visit("/audit/snooping").Want(200).Visit("/audit/checkpoints").Want(200)
	v.Visit("/account/step-up").Click("Confirm it is me").Visit("/audit/export").Want(200).Shot("audit-export")
	if _, err := j.h.app.Sealer.Seal(j.t.Context()); err != nil {
		j.t.Fatal(err)
	}
	export := filepath.Join(j.t.TempDir(), "export.jsonl")
	if err := os.WriteFile(export, v.Download("Download the export"), 0o600); err != nil {
		j.t.Fatal(err)
	}
	if got, err := audit.VerifyFiles(export, filepath.Join(j.h.data, "checkpoints")); err != nil || !got.OK() {
		j.t.Errorf("the export does not verify: %v %+v", err, got)
	}
}

// alone is the self-referral, and somebody who needs help today. Nobody at work sees either.
func (j *journey) alone() {
	v := j.as(j.w.Nurse, access.Person).At("/my").Click("Ask occupational health for help").Want(200).Shot("my-refer").Click("Continue").Want(422)
	v.Choose("Stress, or how I feel").Fill("Tell us what you need", "I sleep badly.").ChooseIn("How should we contact you?", "Telephone").Click("Continue").Want(200).Says("Nothing. Your manager and HR are not told that you asked.").Shot("my-refer-check")
	v.Click("Send to occupational health").Want(200).Says("Sent to occupational health").Shot("my-refer-sent")
	v.Visit("/my/help").Want(200).Shot("my-help").Click("I need help today").Want(200).Says("Occupational health has been told").Shot("my-help-asked")
}

// urgent is the same day's answer to who needs help today, before the queue.
func (j *journey) urgent() {
	v := j.as(j.w.OHNurse, access.Nurse).Visit("/queue").Want(200).Says("1 person needs help today").Shot("queue-urgent")
	v.Click("Take this on").Want(200).Says("You have taken this on").Click("Mark as done").Want(200).Says("Marked as done")
	v = j.as(j.w.Ward, access.Manager).At("/referrals").Want(200)
	v.Hides("I sleep badly", "Self-referral").Visit("/messages").Want(404)
}
