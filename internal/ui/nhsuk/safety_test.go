package nhsuk

import (
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What people type reaches these components as text, values and sometimes addresses. None of it may become markup.
func TestNothingBecomesMarkup(t *testing.T) {
	const evil = `"><script>alert(1)</script>`
	for name, c := range map[string]templ.Component{
		"text of a button":      Button(ButtonParams{Text: evil}),
		"text of a slot":        Fieldset(FieldsetParams{Legend: LegendParams{HTML: Text(evil)}}),
		"value of an input":     Input(InputParams{Name: "a", Value: evil}),
		"value of a textarea":   Textarea(TextareaParams{Name: "a", Value: "</textarea>" + evil}),
		"value of an option":    Select(SelectParams{Name: "a", Items: []SelectItem{{Value: evil, Text: evil}}}),
		"value of a radio":      Radios(RadiosParams{Name: "a", Items: []ChoiceItem{{Value: evil, Text: evil}}}),
		"an attribute":          Tag(TagParams{Text: "a", Attributes: templ.Attributes{"title": evil}}),
		"a class":               Tag(TagParams{Text: "a", Classes: evil}),
		"an id":                 DateInput(DateInputParams{ID: evil}),
		"an error":              ErrorMessage(ErrorMessageParams{Text: evil}),
		"a cell":                Table(TableParams{Rows: [][]TableCell{{{Text: evil, Href: evil}}}}),
		"a heading":             Heading(HeadingParams{Text: evil, VisuallyHiddenText: evil}),
		"a link of an error":    ErrorSummary(ErrorSummaryParams{ErrorList: []ErrorItem{{Text: evil, Href: "#" + evil}}}),
		"words for JavaScript":  PasswordInput(PasswordInputParams{Name: "a", ShowPasswordText: evil}),
		"a list for JavaScript": FileUpload(FileUploadParams{Name: "a", ChooseFilesButtonClassList: []string{evil}}),
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			if err := c.Render(t.Context(), &out); err != nil {
				t.Fatal(err)
			}
			doc, err := html.Parse(strings.NewReader(out.String()))
			if err != nil {
				t.Fatal(err)
			}
			for n := range doc.Descendants() {
				if n.DataAtom == atom.Script {
					t.Errorf("became markup: %s", out.String())
				}
			}
		})
	}
}

func TestAddressesAreFiltered(t *testing.T) {
	const evil = "javascript:alert(1)"
	for name, c := range map[string]templ.Component{
		"button":        Button(ButtonParams{Text: "a", Href: evil}),
		"back link":     BackLink(BackLinkParams{Href: evil}),
		"action link":   ActionLink(ActionLinkParams{Text: "a", Href: evil}),
		"breadcrumb":    Breadcrumb(BreadcrumbParams{Items: []BreadcrumbItem{{Text: "a", Href: evil}}}),
		"card":          Card(CardParams{Heading: HeadingParams{Text: "a"}, Href: evil}),
		"heading":       Heading(HeadingParams{Text: "a", Href: evil}),
		"summary row":   SummaryList(SummaryListParams{Rows: []SummaryRow{Row("a", "b").WithChange(evil, "a")}}),
		"cell":          Table(TableParams{Head: []TableHead{{Text: "a", Href: evil}}, Rows: [][]TableCell{{{Text: "a", Href: evil}}}}),
		"task":          TaskList(TaskListParams{Items: []TaskListItem{{Heading: HeadingParams{Text: "a"}, Href: evil}}}),
		"page number":   Pagination(PaginationParams{Items: []PaginationItem{{Number: "1", Href: evil}}, Next: PaginationLink{Href: evil}}),
		"header":        Header(HeaderParams{Service: HeaderService{Text: "a", Href: evil}, Account: HeaderAccount{Items: []HeaderAccountItem{{Text: "a", Action: evil}, {Text: "a", Href: evil}}}}),
		"footer":        Footer(FooterParams{Meta: FooterMeta{Items: []FooterItem{{Text: "a", Href: evil}}}}),
		"own attribute": Button(ButtonParams{Text: "a", Attributes: templ.Attributes{"formaction": evil}}),
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			if err := c.Render(t.Context(), &out); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(out.String(), "javascript:") {
				t.Errorf("kept: %s", out.String())
			}
		})
	}
}
