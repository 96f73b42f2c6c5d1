package walls

import (
	"bytes"
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// Declared is database/dataclass.yaml.
type Declared struct {
	Sealed              []string            `yaml:"sealed"`
	Reads               map[string][]string `yaml:"reads"`
	Definer             map[string]string   `yaml:"definer"`
	Libraries           []string            `yaml:"libraries"`
	WorkerReadsClinical []string            `yaml:"worker_reads_clinical"`
	GrowthReadsMembers  []string            `yaml:"growth_reads_members"`
	Tables              map[string]struct {
		Class   Class               `yaml:"class"`
		Columns map[string][]string `yaml:"columns"`
	} `yaml:"tables"`
}

// Class says who a table belongs to.
type Class string

// The classes of tables.
const (
	Organisation Class = "organisation"
	Service      Class = "service"
	Both         Class = "both"
	Person       Class = "person"
	Platform     Class = "platform"
)

// Tenant says whether rows of the class belong to one tenant.
func (c Class) Tenant() bool { return c == Organisation || c == Service || c == Both }

// Parse reads the declaration.
func Parse(source []byte) (*Declared, error) {
	d := &Declared{}
	dec := yaml.NewDecoder(bytes.NewReader(source))
	dec.KnownFields(true)
	if err := dec.Decode(d); err != nil {
		return nil, err
	}
	for name, t := range d.Tables {
		if !slices.Contains([]Class{Organisation, Service, Both, Person, Platform}, t.Class) {
			return nil, fmt.Errorf("table %s has no class %q", name, t.Class)
		}
		for class, columns := range t.Columns {
			if len(class) != 2 || class[0] != 'D' || class[1] < '0' || class[1] > '8' {
				return nil, fmt.Errorf("table %s: no data class %q", name, class)
			}
			for _, c := range columns {
				if d.Data(name, c) != class {
					return nil, fmt.Errorf("column %s.%s has two data classes", name, c)
				}
			}
		}
	}
	return d, nil
}

// Class gives the class of a table, or "".
func (d *Declared) Class(table string) Class { return d.Tables[table].Class }

// Data gives the data class of a column, or "".
func (d *Declared) Data(table, column string) string {
	classes := d.Tables[table].Columns
	for _, class := range []string{"D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"} {
		if slices.Contains(classes[class], column) {
			return class
		}
	}
	return ""
}

// IsSealed says whether a column holds ciphertext, by its data class.
func (d *Declared) IsSealed(table, column string) bool {
	return slices.Contains(d.Sealed, d.Data(table, column))
}
