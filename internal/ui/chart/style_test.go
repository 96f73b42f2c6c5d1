package chart

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// style is what the sources of the style sheet say of each selector of one class: the values of its stroke and fill.
func style(t *testing.T) map[string][]string {
	t.Helper()
	source, err := os.ReadFile("../../../assets/scss/_chart.scss")
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)//.*$`).ReplaceAllString(string(source), "")
	text, _, _ = strings.Cut(text, "@media")
	out, open := map[string][]string{}, [][]string{{""}}
	for _, m := range regexp.MustCompile(`([^{};]*)([{};])`).FindAllStringSubmatch(text, -1) {
		words, around := strings.TrimSpace(m[1]), open[len(open)-1]
		switch m[2] {
		case "{":
			var inner []string
			for s := range strings.SplitSeq(words, ",") {
				for _, o := range around {
					inner = append(inner, strings.ReplaceAll(strings.TrimSpace(s), "&", o))
				}
			}
			open = append(open, inner)
		case "}":
			open = open[:len(open)-1]
		case ";":
			if property, value, _ := strings.Cut(words, ":"); property == "stroke" || property == "fill" {
				for _, s := range around {
					out[strings.TrimPrefix(s, ".")+" "+property] = append(out[strings.TrimPrefix(s, ".")+" "+property], strings.TrimSpace(value))
				}
			}
		}
	}
	return out
}

// drawn are the classes of every shape that a chart can draw, and whether it is a line: those written in the templates, and
// those made while drawing.
func drawn(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	files, err := filepath.Glob("*.templ")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	shape := regexp.MustCompile(`<(line|path|rect|circle|polygon) class="([^"]+)"[^\n]*`)
	key := regexp.MustCompile(`@(lineKey|barKey|bandKey)\("([^"]+)"`)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range shape.FindAllStringSubmatch(string(text), -1) {
			out[m[2]] = m[1] == "line" || strings.Contains(m[0], `fill="none"`)
		}
		for _, m := range key.FindAllStringSubmatch(string(text), -1) {
			out[m[2]] = out[m[2]] || m[1] == "lineKey"
		}
	}
	for i := range severalStyles {
		out[severalClass(i)] = true
	}
	for i := range stackTones {
		out["rowan-chart__piece rowan-chart__piece--tone-"+strconv.Itoa(i+1)] = false
	}
	for _, class := range dotClasses {
		out["rowan-chart__point rowan-chart__point--"+class] = false
	}
	return out
}

// TestEveryShapeIsSeen: what has no stroke or fill in the style sheet is an empty chart under a key of words.
func TestEveryShapeIsSeen(t *testing.T) {
	styles := style(t)
	seen := func(classes, property string) bool {
		return slices.ContainsFunc(strings.Fields(classes), func(c string) bool {
			values := styles[c+" "+property]
			return len(values) > 0 && !slices.Contains(values, "none")
		})
	}
	for classes, line := range drawn(t) {
		if strings.HasPrefix(classes, "rowan-icon__") {
			continue // the icon around it has the stroke
		}
		if !seen(classes, "stroke") && (line || !seen(classes, "fill")) {
			t.Errorf("%s is drawn without a colour", classes)
		}
	}
	for _, icon := range []string{"common", "improvement", "concern", "neutral"} {
		if !seen("rowan-icon--"+icon, "stroke") {
			t.Errorf("the icon %s is drawn without a stroke", icon)
		}
	}
}

// TestEverySeriesLooksDifferent: two lines of one chart never share both colour and dashes.
func TestEverySeriesLooksDifferent(t *testing.T) {
	styles, looks := style(t), map[string]string{}
	for i := range severalStyles {
		class := strings.Fields(severalClass(i))[1]
		look := strings.Join(styles[class+" stroke"], "")
		if other, twice := looks[look]; twice {
			t.Errorf("%s and %s look the same", class, other)
		}
		looks[look] = class
	}
}
