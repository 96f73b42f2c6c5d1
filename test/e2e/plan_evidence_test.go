package e2e

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// What the evidence is about, and the two days of every item.
const (
	minutes   = "Minutes of the service meeting"
	collected = "When was it collected?"
	until     = "Until when is it valid? (optional)"
)

// evidence begins with the outline and takes one note from a draft with names in it to accepted evidence.
func (p *planner) evidence() {
	v := p.asLead().Visit("/evidence").Want(200).Says("Start here", "nothing runs out within 90 days")
	p.shot(v, "evidence-begin").Click("Frozen snapshots").Want(200).Says("There are no standards yet. Import a list first", "Nothing was frozen yet").Hides("Freeze the evidence of today")
	v.Visit("/evidence").Click("Evidence items").Want(200).Says("There is no evidence yet")
	p.asExecutive().Visit("/evidence").Want(200).Says("The OH lead imports a list").Hides("Start with Rowan")
	v.Visit("/evidence").Click("Start with Rowan’s outline").At("/evidence/standards").Want(200).Says("Rowan outline, edition 1", "Missing")
	p.shot(v, "evidence-standards").Click("R1.1 ").Want(200).Says("There is no evidence for this standard yet").Click("Add a note").Want(200).Says("It will serve: R1.1 ")

	p.refused(v, "Add evidence", "Enter what it is", "Enter the text", "Enter the post that keeps it up to date", "Enter the post that reviews it")
	v.Fill("What is it?", long(201)).Date(collected, "31", "2", "2026").Date(until, "1", "x", "2027").Fill("Owner", "Head of OH").Fill("Reviewer", "head of OH")
	p.refused(v, "Add evidence", "Shorten this to 200 characters or fewer", "Enter the text", collected+": enter a real date", until+": enter the month as a number, or its name", "Enter another post than the owner")
	p.shot(v, "evidence-refused").Fill("What is it?", minutes).Fill("Text", "Mrs Winter asked a.b@example.org").Fill("Reviewer", "Medical director")
	p.date(v, collected, judgedIn, 10)
	p.date(v, until, judgedIn, 1)
	p.refused(v, "Add evidence", "Enter a day that is not in the future", "Enter a day that is not before it was collected")
	p.date(v, collected, judgedIn, 8)
	v.Date(until, "", "", "").Click("Add evidence").At("/evidence/items/").Want(200).Says("Evidence added as a draft", "2 places look like data about a person", "R1.1 ")
	item := v.Path
	p.redact(v, item)
	p.agree(v, item)
	v.Click("Choose which standards it serves").Want(200).Choose("R5.2 Reports and case notes are audited").Click("Save standards").Want(200).Says("R1.1 ", "R5.2 ")
	p.files()
	p.shot(v, "evidence-item").Click("Replace it with newer evidence").Want(200).Says("It takes the place of “"+minutes+"”").Fill("What is it?", "Minutes of the newest meeting").Click("Replace evidence").At("/evidence/items/").Says("R5.2 ")
	v.Click("Send for review").Want(200).Click("Accept this evidence").Want(200).Says("Accepted, by " + p.lead.Name).Visit(item).Want(200).Says("Replaced").Hides("Change this evidence").Click("This was replaced").Want(200).Says("Minutes of the newest meeting")
}

// redact sends the note on, is stopped at the words that look like a person, explains one and takes the other out.
func (p *planner) redact(v *browser.Visitor, item string) {
	v.Click("Send for review").Want(200).Click("Accept this evidence").At("/evidence/check/").Want(200)
	check, mail := v.Path, "E-mail address: “a.b@example.org”. Why is it not about a person?"
	p.refused(v.Says("Name of a person: “Mrs Winter”"), "Confirm", "Enter why it is not about a person, or take it out")
	p.shot(v, "evidence-check-refused").Fill(mail, long(201))
	p.refused(v, "Confirm", "Shorten this to 200 characters or fewer")
	v.Fill(mail, "A made-up address").Click("Confirm").At(item).Want(200).Says("1 place looks like data about a person", "Confirmed not to be about a person", "A made-up address")
	v.Visit("/evidence/snapshots").Want(200).Says("Some words look like a person").Hides("Freeze the evidence of today")
	p.shot(v, "evidence-suspects").Click(minutes).At(check).Want(200).Click("Take it out: change the words").Want(200).Says("A change makes a draft of it").Fill("What is it?", "").Fill("Text", "")
	p.refused(v, "Save change", "Enter what it is", "Enter the text")
	v.Fill("What is it?", minutes).Fill("Text", "We agreed on a plan\nand on its price").Click("Save change").At(item).Want(200).Says("Changed. It is a draft again").Hides("Some words look like a person")
	v.Visit(check).Want(200).Says("Nothing here looks like data about a person").Visit(item)
}

// agree has the reviewer send the note back once and accept it then; who has an older page open is told.
func (p *planner) agree(v *browser.Visitor, item string) {
	v.Click("Send for review").Want(200)
	older := p.asLead().Visit(item).Want(200)
	v.Click("Send back").Want(200).Click("Send for review").Want(200).Click("Accept this evidence").At(item).Want(200).Says("Accepted, by " + p.lead.Name)
	older.Click("Send back").Want(409).Says("Somebody has already moved this evidence on")
}

// files keeps two files: one whose words are searched, and one that somebody has to read.
func (p *planner) files() {
	v := p.asLead().Visit("/evidence/standards").Want(200).Click("R1.2 ").Want(200).Click("Add a file").Want(200).Says("It will serve: R1.2 ").Swap("Add evidence", "Select a file").Want(422)
	fill := func(title, name, text string) *browser.Visitor {
		return v.Fill("What is it?", title).Fill("Owner", "Head of OH").Fill("Reviewer", "Medical director").Upload("Which file?", p.write(name, text))
	}
	for _, c := range []struct{ text, reason string }{{"", "The file is empty"}, {"MZ\x00\x01", "This is none of them"}, {"PK\x03\x04", "The file is damaged"}, {long(10<<20 + 1), "The file has more than 10 MB"}} {
		fill("Terms of service", "terms.txt", c.text).Swap("Add evidence", c.reason).Want(422)
	}
	p.shot(v, "evidence-file-refused")
	fill("Terms of service", "terms.txt", "Agreed with Mrs Winter").Swap("Add evidence", "Evidence added as a draft").At("/evidence/items/").Want(200).Says("terms.txt, 1 KB", "Fingerprint (SHA-256)", "1 place looks like data about a person")
	if got := string(v.Download("terms.txt")); got != "Agreed with Mrs Winter" {
		p.t.Errorf("the file comes as %q", got)
	}
	v.Click("Check the words").Want(200).Says("Agreed with", "Name of a person: “Mrs Winter”").Click("Take it out: replace it with another file").Want(200)
	fill("Terms of service, approved", "terms.pdf", "%PDF-1.7").Swap("Replace evidence", "Somebody has to read this file").At("/evidence/items/").Want(200).Says("R1.2 ")
	item := v.Path
	v.Click("Send for review").Want(200).Click("Accept this evidence").At("/evidence/check/").Want(200).Fill("Rowan cannot search all of “terms.pdf”. Who has read it, and why is it about nobody?", "Read in full by the head of OH: posts only")
	p.shot(v, "evidence-file-check").Click("Confirm").At(item).Want(200).Says("A file that Rowan cannot search").Click("Accept this evidence").At(item).Want(200).Says("Accepted, by " + p.lead.Name)
	v.Click("Change this evidence").Want(200).Hides("Which file?")
}

// renew keeps pages and figures as evidence, and shows what has run out, what is about to, and what it was reminded of.
func (p *planner) renew() {
	v := p.asLead().Visit("/evidence/standards").Want(200).Click("R4.1 ").Want(200).Click("Add a document or page").Want(200)
	p.refused(v, "Add evidence", "Enter what it is", "Enter where it can be read", "Enter the post that keeps it up to date", "Enter the post that reviews it")
	v.Fill("What is it?", "Records policy").Fill("Where can it be read?", "http://example.org").Fill("Owner", long(81)).Fill("Reviewer", long(82))
	p.refused(v, "Add evidence", "Enter an address that begins with https:// or /", "Shorten this to 80 characters or fewer", "Shorten this to 80 characters or fewer")
	v.Fill("Where can it be read?", "https://example.org/"+long(500)).Fill("Owner", "Head of OH").Fill("Reviewer", "Medical director").Date(collected, "", "", "")
	p.refused(v, "Add evidence", "Shorten this to 500 characters or fewer", "Enter the day on which it was collected")
	for i, item := range []struct {
		title      string
		month, day int
	}{{"Records policy", judgedIn, 8}, {"Insurance certificate", judgedIn, 28}, {"Service of the vaccine fridge", judgedIn + 1, 28}, {"Check of registrations", judgedIn + 2, 20}} {
		if i > 0 {
			v.Visit("/evidence/items").Click("Add a document or page").Want(200)
		}
		v.Fill("What is it?", item.title).Fill("Where can it be read?", "/evidence/audits").Fill("Owner", "Head of OH").Fill("Reviewer", "Medical director")
		p.date(v, collected, judgedIn-12, 1)
		p.date(v, until, item.month, item.day)
		v.Click("Add evidence").At("/evidence/items/").Want(200)
	}
	v.Click("/evidence/audits").Want(200).At("/evidence/audits")
	v.Visit("/evidence").Want(200).Says("Renew the evidence, which has run out: R4.1 ", "Has run out", "Within 30 days", "Within 60 days", "Within 90 days").Hides("Reminders")
	p.remind()
	p.shot(v.Visit("/evidence").Want(200).Says("Reminders", "30 days before", "60 days before", "90 days before", "% ready"), "evidence").Click("Records policy").Want(200).Says("Expired").Hides("Send for review")

	v.Visit("/evidence/standards").Click("R3.1 ").Want(200).Click("Add a live figure").Want(200)
	p.refused(v, "Add evidence", "Choose a figure", "Enter the post that keeps it up to date", "Enter the post that reviews it")
	v.Select("Which figure?", "Wait to be seen, median").Fill("Owner", "Head of OH").Fill("Reviewer", "Medical director").Click("Add evidence").At("/evidence/items/").Want(200).Says("Wait to be seen, median")
	p.shot(v, "evidence-figure").Click("Change this evidence").Want(200).Fill("Owner", "Lead nurse").Click("Save change").Want(200).Says("Lead nurse").Visit("/evidence/items").Want(200)
	p.shot(v, "evidence-items")
}

// remind adds the job that the worker adds twice a day, and waits for it and for the message to the lead.
func (p *planner) remind() {
	p.t.Helper()
	err := p.h.db.InTenant(p.t.Context(), access.SystemActor(access.Worker, p.organisation, uuid.Nil), func(tx *postgres.Tx) error {
		return job.Add(p.t.Context(), tx, evidence.RemindArgs{Organisation: p.organisation}, time.Time{})
	})
	if err != nil {
		p.t.Fatal(err)
	}
	p.h.idle(p.t)
	var told string
	err = p.h.db.WorkerPool().QueryRow(p.t.Context(), "select coalesce(address, '') || ' ' || coalesce(body, state) from outbox where capacity = 'lead' and organisation_id = $1", p.organisation).Scan(&told)
	if err != nil {
		p.t.Fatal(err)
	}
	if !strings.Contains(told, "@") || !strings.Contains(told, "3 pieces of evidence run out within 30 days.") {
		p.t.Errorf("the lead is told %q", told)
	}
}

// standards takes in the scheme's own list beside the outline, and then its next edition.
func (p *planner) standards() {
	const heading = "framework,edition,code,domain,title,level\n"
	v := p.asLead().Visit("/evidence").Want(200).Click("Import a list of standards").Want(200).Swap("Import", "Select a file").Want(422)
	p.shot(v, "evidence-import-refused")
	for _, c := range []struct{ name, text, reason string }{
		{"list.csv", "", "The file is empty"},
		{"list.csv", "framework,code\n", "These columns are missing: edition, domain, title"},
		{"list.csv", heading, "The file holds no standards"},
		{"list.csv", "caf\xe9", "The file is not in UTF-8. Save it as CSV UTF-8 and try again"},
		{"list.yaml", "\t-", "The file cannot be read as YAML"},
		{"list.csv", long(4<<20 + 1), "The list holds more than 5,000 rows or 4 MB"},
	} {
		v.Visit("/evidence/standards/import").Upload("File", p.write(c.name, c.text)).Swap("Import", c.reason).Want(422)
	}
	list := p.write("list.csv", heading+"SEQOHS,2023,1,Governance,A plan,must\nSEQOHS,2023,2,Governance,Accounts,should\nLocal,1,L1,Home,Method of Dr Foster,must\n"+
		"SEQOHS,2023,3,Governance,,must\nSEQOHS,2023,a b,Governance,x,must\nSEQOHS,2023,4,Governance,x,may\nSEQOHS,2023,1,Governance,x,must\nSEQOHS,2024,5,Governance,x,must\nSEQOHS,2023,6,Governance,"+long(601)+",must\n")
	v.Visit("/evidence/standards/import").Upload("File", list).Choose("Only say what would happen").Swap("Import", "Nothing was stored").Want(200)
	v.Visit("/evidence/standards/import").Upload("File", list).Swap("Import", "The list was taken in").Want(200).Says("this is empty", "a code is one word", "the level is must or should", "the file has this code already", "another edition of this framework already", "this is too long")
	p.shot(v, "evidence-imported")
	if got := string(v.Download("Download the list as a file")); !strings.Contains(got, "5,title,this is empty") {
		p.t.Errorf("the rows that were not taken are %q", got)
	}
	v.Visit("/evidence/standards/import").Upload("File", list).Swap("Import", "You imported this file before").Want(200)
	for name, file := range map[string][2]string{
		"new.csv":  {heading + "SEQOHS,2025,1,Governance,A better plan,must\n", "Imported list"},
		"own.yaml": {"frameworks:\n  - framework: Own\n    edition: \"1\"\n    standards: [A door]\n", "the entry is not laid out as a standard"},
	} {
		v.Visit("/evidence/standards/import").Upload("File", p.write(name, file[0])).Swap("Import", "The list was taken in").Want(200).Says(file[1])
	}
	v.Visit("/evidence/standards/import").Upload("File", p.write("old.csv", heading+"SEQOHS,2023,7,Governance,Old,must\n")).Swap("Import", "a newer edition of this framework is here already").Want(200)
	v.Visit("/evidence/standards/import").Want(200).Says("Earlier lists").Click("list.csv").At("/evidence/imports/").Want(200).Click("Standards").Want(200).Says("SEQOHS, edition 2025", "No longer in the newest edition")
	p.shot(v, "evidence-editions").Click("1 A better plan").Want(200).Says("Version 2, edition 2025", "Version 1, edition 2023").Visit("/evidence/standards").Click("2 Accounts").Want(200).Says("Not in the newest edition")
	v.Visit("/evidence/standards").Click("L1 Method of Dr Foster").Want(200).Says("1 place looks like data about a person").Click("Check the words").Want(200).Says("To take it out, import a list with other words")
	v.Fill("Name of a person: “Dr Foster”. Why is it not about a person?", "The name of a firm").Click("Confirm").At("/evidence/standards/").Want(200).Hides("looks like data about a person")
}

// freeze keeps the evidence of the day as it is; the guardian reads what was frozen and changes nothing.
func (p *planner) freeze() {
	v := p.asLead().Visit("/evidence").Want(200).Click("Frozen snapshots").Want(200).Click("Freeze the evidence of today").At("/evidence/snapshots/").Want(200).Says("The snapshot is frozen", "Unchanged since it was frozen", "Minutes of the newest meeting", "Wait to be seen, median")
	p.shot(v, "evidence-snapshot")
	file := v.Download("Download to print")
	if hash := v.Lines(".rowan-break"); len(hash) == 0 || !strings.Contains(string(file), hash[0]) {
		p.t.Errorf("the file does not show the fingerprint %q", hash)
	}
	v.Visit("/figures").Want(200).Click("Readiness for accreditation").Want(200).Says("The evidence room")

	g := p.asGuardian().Visit("/evidence").Want(200).Says("% ready", "What to do next").Hides("Import a list of standards").Click("Frozen snapshots").Want(200).Hides("Freeze the evidence of today").Click("Evidence snapshot 1").Want(200).Says("Unchanged since it was frozen")
	if again := g.Download("Download to print"); string(again) != string(file) {
		p.t.Error("the snapshot has changed")
	}
	g.Visit("/evidence/standards").Want(200).Click("R1.1 ").Want(200).Says("Met").Hides("Add a note").Click("Minutes of the newest meeting").Want(200).Says("Accepted").Hides("Change this evidence")
}

// audit records a clinical audit and its re-audit, which was better; the guardian sees them rounded.
func (p *planner) audit() {
	const on, again, topic = "Day of the audit", "When is the re-audit due? (optional)", "Pain flags"
	v := p.asLead().Visit("/evidence").Want(200).Click("Clinical audits").Want(200).Says("No audit was recorded yet").Click("Record an audit").Want(200)
	p.refused(v, "Save audit", "Enter what is audited", "Enter the standard", "Enter the target as a percentage from 1 to 100", "Enter the day of the audit", "Enter how many records were looked at, from 1 to 100,000",
		"Enter to how many of them the standard applied", "Enter how many met the standard", "Enter what was found", "Enter what is done about it", "Enter the post that answers for it")
	p.shot(v, "audit-refused")
	counts := func(sample, applied, met string) {
		p.t.Helper()
		v.Fill("Records looked at", sample).Fill("Of these, records to which the standard applied", applied).Fill("Of these, records that met it", met)
	}
	v.Fill("What is audited?", long(121)).Fill("The standard", "Yellow flags are documented").Fill("Target in per cent", "90").Fill("What was found", "Mrs Winter was not asked").Fill("What is done about it", "Change the template").Fill("Who answers for it?", "Lead physiotherapist")
	counts("60", "61", "62")
	p.date(v, on, judgedIn, 10)
	p.date(v, again, judgedIn, 9)
	p.refused(v, "Save audit", "Shorten this to 120 characters or fewer", "Enter a day that is not in the future", "Enter no more than the records looked at", "Enter no more than those to which the standard applied", "Enter a day after the audit",
		"Take out the words that look like a person, or enter why they are not about one")
	p.shot(v.Says("Name of a person: Mrs Winter"), "audit-suspect").Fill("What is audited?", topic).Date(on, "40", "3", "2026").Date(again, "1", "9", "26")
	counts("60", "50", "9")
	p.refused(v, "Save audit", on+": enter the day as a number from 1 to 31", again+": enter the year with all 4 digits, for example 2026", "Take out the words that look like a person, or enter why they are not about one")
	p.date(v, on, judgedIn-6, 1)
	p.date(v, again, judgedIn-1, 1)
	v.Fill("Why are these words not about a person?", "The name of a method").Click("Save audit").At("/evidence/audits/").Want(200).Says("9 of 50 (18.0%)", "Below target", "The name of a method")
	first := v.Path
	p.shot(v.Visit("/evidence/audits").Want(200).Says("1 re-audit is overdue", "Overdue"), "audits").Click(topic).Want(200).Click("Record a re-audit").Want(200).Says("It repeats: " + topic)
	v.Fill("What was found", "The template has them").Fill("What is done about it", "Nothing more")
	counts("60", "50", "48")
	p.date(v, on, judgedIn, 1)
	v.Click("Save audit").At("/evidence/audits/").Want(200).Says("rose by 78.0 percentage points. The target of 90% is reached.", "48 of 50 (96.0%)")
	p.shot(v, "audit")

	g := p.asGuardian().Visit("/evidence/audits").Want(200).Says("Counts are rounded").Hides("Record an audit").Click(topic).Want(200).Says("too small to show a change").Hides("18.0%", "Withdraw this audit")
	p.shot(g, "audit-guardian")
	v.Click(p.time(judgedIn-6, 1, "0:00").Format("2 January 2006")).At(first).Want(200).Click("Withdraw this audit").Want(200).Says("Audit withdrawn", "Withdrawn by "+p.lead.Name).Hides("Record a re-audit")
	v.Visit("/evidence/audits").Want(200).Says("Withdrawn")
}
