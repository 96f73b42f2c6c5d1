package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkAssurance is the guardian's part, from the first evidence to the frozen pack, and every state of its forms.
func walkAssurance(t *testing.T) {
	h := open(t, true)
	h.work(t)
	j := &journey{t: t, h: h, w: world.New(t, h.db), view: browser.Phone, day: start()}
	h.at(j.day)
	v := j.as(j.w.OHLead, access.Lead).Visit("/assurance").Want(200).Says("Start with a principle below").Click("Easy, confidential occupational health").Want(200)
	v.Click("Add a figure").Want(200).Visit("/assurance/principles/access").Click("Add a document").Want(200).Swap("Add evidence", "Enter a name").Want(422)
	v.Fill("Name of the document", "Access policy").Fill("Where it can be read (optional)", "/plan/board")
	j.date(v, "Date of the document", -9)
	j.date(v, "Valid until (optional)", -1)
	path := filepath.Join(t.TempDir(), "access.txt")
	if err := os.WriteFile(path, []byte("Everybody can refer themselves"), 0o600); err != nil {
		t.Fatal(err)
	}
	v.Upload("File (optional)", path).Swap("Add evidence", "Not valid since").Want(200).Says("Access policy").Shot("assurance-principle")
	if got := string(v.Download("access.txt")); got != "Everybody can refer themselves" {
		t.Errorf("the file comes as %q", got)
	}
	v.Visit("/assurance/plan").Want(200).Press("(//main//form//button)[1]").Want(200).Shot("assurance-plan").Press("(//main//a[contains(@href, '/done')])[1]").Want(200).Fill("Year", "2199").Click("Mark as done").Want(422)
	v.Visit("/assurance/statements").Want(200).Click("Write an impact statement").Want(200).Click("Save statement").Want(422)
	v.Fill("Decision", "Close the canteen at night")
	j.date(v, "Date of the meeting", 9)
	v.Fill("Groups of staff affected", "Night staff").Choose("Worse").Fill("What makes you think so?", "No warm food").Fill("What will be done about harm?", "Vending machines")
	v.Click("Save statement").Want(200).Shot("assurance-statement").Visit("/assurance/statements").Want(200).Says("Close the canteen at night")

	v = j.as(j.w.Guardian, access.Guardian).At("/assurance").Want(200).Shot("assurance").Click("Safe environment").Want(200).Click("Rate this principle").Want(200).Click("Save rating").Want(422)
	v.Choose("None: No evidence that it works, or evidence that it does not").Fill("Why?", "There is nothing yet").Click("Save rating").Want(200)
	v.Visit("/assurance/questions").Want(200).Click("Ask a question").Want(200).Click("Send question").Want(422)
	v.Visit("/assurance/questions").Click("What did we learn after distressing events?").Want(200).Click("Send question").Want(200).Says("Question asked").Shot("assurance-question")
	question := v.Path

	j.as(j.w.OHLead, access.Lead).Visit(question).Want(200).Click("Answer").Want(200).Click("Send answer").Want(422).Fill("Your answer", "To call within a day.").Click("Send answer").Want(200)
	v = j.as(j.w.Guardian, access.Guardian).Visit(question).Want(200).Click("Accept or ask again").Want(200).Click("Save").Want(422).Choose("I accept it").Click("Save").Want(200).Says("Answer accepted")
	v.Visit("/assurance/packs").Want(200).Says("No pack was made yet")

	v = j.as(j.w.OHLead, access.Lead).Visit("/assurance/packs").Want(200).Click("Make the pack").Want(200).Says("Unchanged since it was made", "To call within a day.").Shot("assurance-pack")
	if file := v.Download("Download the pack"); len(file) == 0 {
		t.Error("the file is empty")
	}
}
