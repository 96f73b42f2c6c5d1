// Package access says who acts, and decides whether they may: wall 3 of the house (docs/access.md).
//
// A decision is a pure function of role, permission, relation to the object and the object's state, with
// default deny. Each slice owns its permissions as Rules; the composition root gathers them in one Table,
// and a golden file in docs/ shows every cell. Nothing here knows the web, the database or the time.
package access

import (
	"time"

	"github.com/google/uuid"
)

// Wall names the database login under which a request or job runs (docs/walls.md).
type Wall string

// The seven logins.
const (
	Hall     Wall = "hall"
	Employer Wall = "employer"
	Clinical Wall = "clinical"
	Portal   Wall = "portal"
	Growth   Wall = "growth"
	Audit    Wall = "audit"
	Worker   Wall = "worker"
)

// Walls lists the seven logins in the order of the design.
var Walls = []Wall{Hall, Employer, Clinical, Portal, Growth, Audit, Worker}

// Role is what somebody acts as. A person may hold several and acts as one at a time, always visible.
type Role string

// The roles. Person and Manager come with a workforce record; the others are granted at an organisation or a service.
const (
	Anonymous  Role = "anonymous"
	Person     Role = "person"
	Manager    Role = "manager"
	HR         Role = "hr"
	OHAdmin    Role = "oh_admin"
	Nurse      Role = "oh_nurse"
	Physician  Role = "oh_physician"
	Physio     Role = "oh_physio"
	Counsellor Role = "oh_counsellor"
	Lead       Role = "oh_lead"
	Caldicott  Role = "caldicott"
	Guardian   Role = "guardian"  // the Health and Wellbeing Guardian: assurance, aggregates only
	Executive  Role = "executive" // a board member or executive: decides on plans, aggregates only
	// Communications writes what a service says in public; what is written is published by others. It sees nothing else.
	Communications Role = "communications"
	// SystemLead leads on occupational health for an integrated care system (ICS): what was released to it, and nothing of a trust.
	SystemLead Role = "system_lead"
	// NationalLead leads a national programme: its plan and groups, what was handed to it, and nothing of a trust or an ICS.
	NationalLead Role = "national_lead"
	Admin        Role = "admin"
	System       Role = "system"
)

// Roles lists every role a request can have, in the order of the access table.
var Roles = []Role{Anonymous, Person, Manager, HR, OHAdmin, Nurse, Physician, Physio, Counsellor, Lead, Caldicott, Guardian, Executive, Communications, SystemLead, NationalLead, Admin}

// Clinicians are the registered professionals of an OH service.
var Clinicians = []Role{Nurse, Physician, Physio, Counsellor}

// Team is everybody who works in an OH service.
var Team = append(append([]Role{}, Clinicians...), OHAdmin, Lead)

// IsClinician says whether the role is a registered OH professional's.
func (r Role) IsClinician() bool {
	for _, c := range Clinicians {
		if r == c {
			return true
		}
	}
	return false
}

// AtService says whether a role is held at an OH service (true) or at an organisation.
func (r Role) AtService() bool {
	return r == OHAdmin || r == Lead || r.IsClinician()
}

// Channel is where somebody came from, Strength how well they had proved who they are: the "where" of an audit row.
type (
	Channel  string
	Strength string
)

// The channels, and the strengths from weak to strong. Nobody chooses a strength: the way of signing in has one.
const (
	Browser Channel = "browser"
	Link    Channel = "link"    // a one-time link
	Command Channel = "command" // a command of the machine
	House   Channel = "house"   // a job: nobody asked

	Demonstration Strength = "demonstration" // picked from the list of sample people
	LinkCheck     Strength = "link"          // a one-time link and a date of birth
	Password      Strength = "password"      // right, without the second factor: it opens nothing
	SecondFactor  Strength = "second_factor"
)

// Actor is who does something: it travels as a parameter to every command and read.
type Actor struct {
	Account      uuid.UUID    // zero for somebody who came by a one-time link
	Name         string       // as colleagues know them; signs notes and reports
	Registration Registration // of a clinician, under what they sign
	Organisation uuid.UUID    // the employer whose rows they may see; for OH staff the host of their service
	Service      uuid.UUID    // the OH service; for a person or manager the service that serves their employer
	Person       uuid.UUID    // their own workforce record, if they have one
	Role         Role
	Wall         Wall
	ByLink       bool      // came by a one-time link and a second check, not by an account
	Demo         bool      // works on invented data
	SteppedUpAt  time.Time // when the second factor was last given; zero if never
	SessionHash  string
	SessionLeft  time.Duration // how long the session lives on without another request
	RequestID    string
	Channel      Channel
	Address      string // IP address of the request, "" when there is none
	Strength     Strength
}

// Via gives the actor the request of another: where it came from and its number.
func (a Actor) Via(request Actor) Actor {
	a.RequestID, a.Channel, a.Address = request.RequestID, request.Channel, request.Address
	if a.ByLink {
		a.Channel = Link
	}
	return a
}

// At returns the actor behind another wall. The route table and the jobs call it; nobody else does.
func (a Actor) At(w Wall) Actor {
	a.Wall = w
	return a
}

// SystemActor is the house itself: a job that acts for one organisation and service behind one wall.
func SystemActor(w Wall, organisation, service uuid.UUID) Actor {
	return Actor{Name: "Rowan", Role: System, Wall: w, Organisation: organisation, Service: service, Channel: House}
}

// CommandActor is the house at the word of somebody at its machine.
func CommandActor(w Wall, organisation, service uuid.UUID) Actor {
	a := SystemActor(w, organisation, service)
	a.Channel = Command
	return a
}
