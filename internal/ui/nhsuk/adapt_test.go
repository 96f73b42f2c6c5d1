package nhsuk

import "strings"

// rename moves a deprecated option to the one that replaced it; a dot goes one level down. An option that is there
// already wins.
func rename(o options, from, to string) {
	value, ok := o[from]
	if !ok {
		return
	}
	delete(o, from)
	path := strings.Split(to, ".")
	for _, p := range path[:len(path)-1] {
		next, ok := o[p].(options)
		if !ok {
			next = options{}
			if s, isString := o[p].(string); isString {
				next["text"] = s
			}
			o[p] = next
		}
		o = next
	}
	if last := path[len(path)-1]; o[last] == nil {
		o[last] = value
	}
}

// each calls f for every object in a list of options.
func each(o options, list string, f func(options)) {
	items, _ := o[list].([]any)
	for _, i := range items {
		if m, ok := i.(options); ok {
			f(m)
		}
	}
}

// pageHeading says isPageHeading, which is deprecated, with a heading.
func pageHeading(o options) {
	is, given := o["isPageHeading"].(bool)
	delete(o, "isPageHeading")
	heading, refused := o["heading"].(bool)
	if refused && !heading {
		delete(o, "heading")
		return
	}
	if !given && heading {
		// heading: true makes a heading of the label's own words.
		given, is = true, true
		delete(o, "heading")
	}
	if h, ok := o["heading"].(options); ok && !given && h["text"] == nil && h["html"] == nil {
		given, is = true, true
	}
	if !given {
		return
	}
	if !is {
		if h, ok := o["heading"].(string); ok && o["text"] == nil {
			o["text"] = h
		}
		if h, ok := o["heading"].(options); ok && o["text"] == nil {
			o["text"] = h["text"]
		}
		delete(o, "heading")
		return
	}
	switch h := o["heading"].(type) {
	case nil:
		o["heading"] = options{"text": o["text"], "html": o["html"]}
	case options:
		if h["text"] == nil && h["html"] == nil {
			h["text"], h["html"] = o["text"], o["html"]
		}
	}
}

func adaptFieldset(o options) {
	if l, ok := o["legend"].(options); ok {
		pageHeading(l)
	}
}

// adaptFormGroup gives the slots beside several inputs the name of the slots beside one.
func adaptFormGroup(o options) {
	if g, ok := o["formGroup"].(options); ok {
		rename(g, "beforeInputs", "beforeInput")
		rename(g, "afterInputs", "afterInput")
	}
}

func adaptChoices(o options) {
	adaptFormGroup(o)
	enabled := false
	each(o, "items", func(i options) { enabled = enabled || i["disabled"] == false })
	if enabled && o["disabled"] == true {
		// Some stay enabled in a disabled group: in Go, disable the others.
		delete(o, "disabled")
		each(o, "items", func(i options) { i["disabled"] = i["disabled"] != false })
	}
	each(o, "items", func(i options) {
		if exclusive, ok := i["exclusive"].(bool); ok {
			delete(i, "exclusive")
			if exclusive {
				i["behaviour"] = "exclusive"
			}
		}
		rename(i, "exclusiveGroup", "behaviourGroup")
	})
}

// adaptDate says items and values with the three named parts.
func adaptDate(o options) {
	adaptFormGroup(o)
	values, _ := o["values"].(options)
	items, listed := o["items"].([]any)
	delete(o, "values")
	delete(o, "items")
	enabled := false
	for _, name := range []string{"day", "month", "year"} {
		part, _ := o[name].(options)
		if o[name] == false || listed {
			part = options{"omit": true}
		}
		for _, i := range items {
			if m, ok := i.(options); ok && m["name"] == name {
				part = m
			}
		}
		if part == nil {
			part = options{}
		}
		if d, ok := part["disabled"].(bool); ok && !d {
			enabled = true
		}
		if part["value"] == nil && values[name] != nil {
			part["value"] = values[name]
		}
		o[name] = part
	}
	if enabled && o["disabled"] == true {
		// Some stay enabled in a disabled group: in Go, disable the others.
		delete(o, "disabled")
		for _, name := range []string{"day", "month", "year"} {
			part := o[name].(options)
			part["disabled"] = part["disabled"] != false
		}
	}
}

// adaptBreadcrumb drops what a fixture gives and the macro does not read.
func adaptBreadcrumb(o options) {
	each(o, "items", func(i options) { delete(i, "classes") })
}

// adaptErrorMessage says with a field that there is no hidden text, which the macro is told by an empty one.
func adaptErrorMessage(o options) {
	if o["visuallyHiddenText"] == "" {
		o["noVisuallyHiddenText"] = true
	}
}

func adaptDoDont(o options) {
	rename(o, "title", "heading")
	rename(o, "type", "icon")
	each(o, "items", func(i options) { rename(i, "item", "text") })
}

// adaptErrorSummary writes out the default heading's absence: the macro has none, we always have one.
func adaptErrorSummary(o options) {
	rename(o, "titleText", "heading")
	rename(o, "descriptionText", "description")
	rename(o, "html", "description.html") // the call block
}

// adaptFooter writes out the default owner, which Rowan does not claim to be.
func adaptFooter(o options) {
	if _, ok := o["copyright"]; !ok {
		o["copyright"] = "© NHS England"
	}
}

func adaptPagination(o options) {
	for _, side := range []string{"previous", "next"} {
		rename(o, side+"Url", side+".href")
		rename(o, side+"Page", side+".label")
	}
}

// adaptSelect says which items have no value of their own.
func adaptSelect(o options) {
	each(o, "items", func(i options) {
		if _, ok := i["value"]; !ok {
			i["novalue"] = true
		}
	})
}

func adaptTable(o options) {
	each(o, "head", func(h options) {
		if h["sort"] == true {
			h["sort"] = "none"
		}
	})
	if o["panel"] == true {
		o["card"] = options{"variant": "feature"}
	}
	delete(o, "panel")
	rename(o, "heading", "card.heading")
	if level, ok := o["headingLevel"]; ok {
		delete(o, "headingLevel")
		card := o["card"].(options)
		card["heading"] = options{"text": card["heading"], "level": level}
	}
}

func adaptTaskList(o options) {
	each(o, "items", func(i options) { rename(i, "title", "heading") })
}

// adaptHeader puts the NHS logo, which only these tests draw, into the slot.
func adaptHeader(o options) {
	logo, _ := o["logo"].(options)
	if logo == nil {
		logo = options{}
	}
	if logo["alt"] == nil {
		logo["alt"] = "NHS"
	}
	if src, ok := logo["src"].(string); ok {
		delete(logo, "src")
		logo["image"] = `<img class="nhsuk-header__organisation-logo" src="` + src + `" width="280" alt="` + logo["alt"].(string) + `">`
	} else {
		logo["image"] = strings.ReplaceAll(nhsLogo, "NHS", logo["alt"].(string))
	}
	o["logo"] = logo
	switch s := o["search"].(type) {
	case bool:
		o["search"] = options{}
		if !s {
			delete(o, "search")
		}
	case options:
		if l, ok := s["label"].(options); ok {
			s["label"] = l["visuallyHiddenText"]
		}
		if i, ok := s["input"].(options); ok {
			s["placeholder"] = i["placeholder"]
			delete(s, "input")
		}
		if b, ok := s["button"].(options); ok {
			s["buttonLabel"] = b["ariaLabel"]
			delete(s, "button")
		}
	}
	if s, ok := o["search"].(options); ok {
		if s["action"] == nil {
			s["action"] = "https://www.nhs.uk/search/"
		}
		if s["label"] == nil {
			s["label"] = "Search the NHS website"
		}
	}
}
