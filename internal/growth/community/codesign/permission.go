package codesign

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
)

// The permissions of the slice.
const (
	Take access.Permission = "framework.take_part"
	Host access.Permission = "framework.host"
)

// Hosts lead on what a community is for: an ICS, or the nation.
var Hosts = []access.Role{access.SystemLead, access.NationalLead}

// Rules of the slice. Whether somebody is a member, or the host, is asked of the community behind each page.
var Rules = []access.Rule{
	{Permission: Take, Wall: access.Growth, Data: access.D1, Purpose: "Read drafts and versions of the framework, comment in a co-design round, read the answers", Allow: access.Allow(access.Any, member.Everybody...)},
	{Permission: Host, Wall: access.Growth, Data: access.D1, Purpose: "Write a draft of the framework, open co-design rounds, answer comments, publish a version", Allow: access.Allow(access.Any, Hosts...)},
}
