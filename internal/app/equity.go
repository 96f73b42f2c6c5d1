package app

import (
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/joints/staffed"
	"github.com/rowan-ohwb/rowan/internal/growth/network/equity"
	"github.com/rowan-ohwb/rowan/internal/growth/network/equity/equityweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// equity is the page of equal access.
func (a *App) equity() []web.Route { return equityweb.Routes(equity.New(a.System), a.Sharing) }

// shareable makes what may leave for an ICS.
func (a *App) shareable() sharing.Figures {
	return staffed.Shareable(joints.Shareable(a.Indicators, a.Diagnostic, a.Plan, a.Capacity, reach.Service{DB: a.d.DB}), a.Workforce)
}

// rollups registers what counts the ledger and the staff.
func (a *App) rollups() {
	activity.Jobs(a.Jobs, a.d.Now)
	reach.Jobs(a.Jobs, a.d.Keys, a.d.Now)
}
