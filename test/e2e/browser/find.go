package browser

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Click presses the link or button that says so, and looks at the page that it leads to. One in the page's main part
// goes before one in its header.
func (v *Visitor) Click(words string) *Visitor {
	v.t.Helper()
	return v.follow("click "+words, chromedp.Click(v.pressable("", words)))
}

// ClickIn presses what says so in the section, list item, card, row or form whose text holds the other words.
func (v *Visitor) ClickIn(around, words string) *Visitor {
	v.t.Helper()
	return v.follow("click "+words+" at "+around, chromedp.Click(v.pressable(around, words)))
}

// Open unfolds what is folded under these words (a details element).
func (v *Visitor) Open(words string) *Visitor {
	v.t.Helper()
	v.must("open "+words, v.do(chromedp.Click(v.one("//summary["+says(words)+"]", words))))
	return v
}

// Unfold opens everything that is folded on the page.
func (v *Visitor) Unfold() *Visitor {
	v.t.Helper()
	_, err := ask(v, chromedp.Evaluate[bool](`document.querySelectorAll("details").forEach(d => { d.open = true }), true`))
	v.must("unfold", err)
	return v
}

// Fill writes into the field with this label.
func (v *Visitor) Fill(label, text string) *Visitor {
	v.t.Helper()
	v.fill(v.one(labelled("", label), label), label, text)
	return v
}

// FillIn writes into the field with this label under a question.
func (v *Visitor) FillIn(legend, label, text string) *Visitor {
	v.t.Helper()
	v.fill(v.one(labelled(fieldset(legend), label), legend+": "+label), label, text)
	return v
}

func (v *Visitor) fill(field chromedp.NodeIDs, label, text string) {
	v.t.Helper()
	v.must("fill "+label, v.do(
		chromedp.Focus(field),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			// what was there is selected and typed over, as by hand
			selectAll := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Commands: []string{"selectAll"}}
			if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, selectAll); err != nil {
				return err
			}
			if text == "" {
				_, err := chromedp.KeyEvent(kb.Backspace)(ctx, t)
				return err
			}
			_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
			return err
		}),
	))
}

// Date writes a day into the three fields under this question.
func (v *Visitor) Date(legend, day, month, year string) *Visitor {
	v.t.Helper()
	for part, text := range map[string]string{"Day": day, "Month": month, "Year": year} {
		v.fill(v.one(labelled(fieldset(legend), part), legend+" "+part), part, text)
	}
	return v
}

// Choose ticks the radio or checkbox with this label, or the one whose label begins so.
func (v *Visitor) Choose(label string) *Visitor {
	v.t.Helper()
	found := v.all("//label[" + says(label) + "]")
	if len(found) == 0 {
		found = v.one("//label["+begins(label)+"]", label)
	}
	if len(found) > 1 {
		v.t.Fatalf("%s at %s: %d fields say %q, want one", v.view.Name, v.Path, len(found), label)
	}
	v.must("choose "+label, v.do(chromedp.Click(found)))
	return v
}

// ChooseIn ticks the radio or checkbox with this label under a question.
func (v *Visitor) ChooseIn(legend, label string) *Visitor {
	v.t.Helper()
	v.must("choose "+label, v.do(chromedp.Click(v.one(fieldset(legend)+"//label["+says(label)+"]", legend+": "+label))))
	return v
}

// Select takes an option of the list with this label, or the one whose words begin so.
func (v *Visitor) Select(label, option string) *Visitor {
	v.t.Helper()
	list := labelled("", label)
	options := v.all(list + "/option[" + says(option) + "]")
	if len(options) == 0 {
		options = v.one(list+"/option["+begins(option)+"]", option)
	}
	found, err := ask(v, chromedp.AttributeValue(options, "value", chromedp.NodeReady))
	v.must("select "+option, err)
	v.must("select "+option, v.do(chromedp.SetValue(v.one(list, label), found.Value)))
	return v
}

// Upload puts a file into the field with this label.
func (v *Visitor) Upload(label, path string) *Visitor {
	v.t.Helper()
	path, err := filepath.Abs(path) // the browser has a working folder of its own
	v.must("upload "+path, err)
	v.must("upload "+path, v.do(chromedp.SetUploadFiles(v.one(labelled("", label), label), []string{path})))
	return v
}

// places are what a person sees as one thing in a list.
const places = "self::section or self::li or self::tr or self::form or self::article or self::fieldset or contains(@class, 'nhsuk-card') or contains(@class, 'nhsuk-summary-list__row')"

// pressable finds a link or button: first by all its words, then by how it begins; in the main part of the page before
// the rest; in the nearest place around it that holds the other words.
func (v *Visitor) pressable(around, words string) chromedp.NodeIDs {
	v.t.Helper()
	inside := []string{""}
	if around != "" {
		inside = nil
		// a list item in a section in a card: nobody nests deeper
		for nearest := 1; nearest <= 3; nearest++ {
			inside = append(inside, fmt.Sprintf("[ancestor::*[%s][%d][contains(normalize-space(), %s)]]", places, nearest, quote(around)))
		}
	}
	for _, match := range []string{says(words), begins(words)} {
		for _, part := range []string{"//main", ""} {
			for _, in := range inside {
				found := v.all(fmt.Sprintf("%[1]s//a[@href and %[2]s]%[4]s | %[1]s//button[%[2]s]%[4]s | %[1]s//input[@type='submit' and @value=%[3]s]%[4]s", part, match, quote(words), in))
				switch {
				case len(found) == 1 || (len(found) > 1 && v.same(found)):
					return found[:1]
				case len(found) > 1:
					v.t.Fatalf("%s at %s: %d links or buttons say %q: name what is around it", v.view.Name, v.Path, len(found), words)
				}
			}
		}
	}
	v.t.Fatalf("%s at %s: no link or button says %q; the page says: %s", v.view.Name, v.Path, words, short(v.Text()))
	return nil
}

// same says whether all are links to one place: it does not matter which is pressed.
func (v *Visitor) same(found chromedp.NodeIDs) bool {
	v.t.Helper()
	list, err := ask(v, chromedp.AttributesAll(found, chromedp.NodeReady))
	v.must("compare links", err)
	for _, a := range list {
		if a["href"] == "" || a["href"] != list[0]["href"] {
			return false
		}
	}
	return true
}

// one finds exactly one element.
func (v *Visitor) one(path, words string) chromedp.NodeIDs {
	v.t.Helper()
	found := v.all(path)
	if len(found) != 1 {
		v.t.Fatalf("%s at %s: %d fields say %q, want one; the page says: %s", v.view.Name, v.Path, len(found), words, short(v.Text()))
	}
	return found
}

func (v *Visitor) all(path string) chromedp.NodeIDs {
	v.t.Helper()
	found, err := ask(v, chromedp.QueryNodeIDs(chromedp.Search(path), chromedp.AtLeast(0), chromedp.NodeReady))
	v.must("look for "+path, err)
	return found
}

// labelled is the field whose label says so. A label may hold a heading, or stand in one.
func labelled(within, label string) string {
	return fmt.Sprintf("%s//*[@id and @id = //label[%s]/@for]", within, says(label))
}

// fieldset is the group whose question says so.
func fieldset(legend string) string { return "//fieldset[legend[" + says(legend) + "]]" }

// says matches an element by its words, spaces folded.
func says(words string) string { return "normalize-space() = " + quote(words) }

// begins matches an element by its first words.
func begins(words string) string { return "starts-with(normalize-space(), " + quote(words) + ")" }

// quote writes a text for XPath, which knows no escapes.
func quote(s string) string {
	if !strings.Contains(s, `"`) {
		return `"` + s + `"`
	}
	return `concat("` + strings.ReplaceAll(s, `"`, `", '"', "`) + `")`
}

// Press presses what an XPath finds, where words cannot tell: one of many people of one name.
func (v *Visitor) Press(path string) *Visitor {
	v.t.Helper()
	return v.follow("press "+path, chromedp.Click(v.one(path, path)))
}
