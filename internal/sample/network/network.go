// Package network makes the integrated care system of a sample: each service of the installation shares with it, by the commands of the
// slices, and eight organisations that keep Rowan elsewhere send signed files. Those eight and their figures are invented and say so.
package network

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// shared is how many months are shared from the beginning: a year.
const shared = 12

// elsewhere are the organisations of other installations: about how many appointments a month, and how many of 100 are missed.
var elsewhere = []struct {
	name, ods, model string
	size             int
	rate             float64
}{
	{"Quarry Vale Hospitals (invented)", "ZQ1", "internal", 320, 9}, {"Sandhills Community Health (invented)", "ZQ2", "outsourced", 190, 14},
	{"Beacon Moor Hospitals (invented)", "ZQ3", "collaborative", 300, 8}, {"Rushwater Mental Health (invented)", "ZQ4", "hosted", 240, 11}, {"Tarn Side Hospitals (invented)", "ZQ5", "mixed", 260, 17},
	{"Larch Bank Hospitals (invented)", "ZQ6", "internal", 280, 10}, {"Ferry Bridge Ambulance (invented)", "ZQ7", "outsourced", 220, 13}, {"Heath and Weald Community (invented)", "ZQ8", "income", 340, 9},
}

// kept is how many of 100 keep what a metric asks for, in a service that misses few appointments.
var kept = map[string]float64{"K01": 84, "K04": 88, "K09": 80, "K18": 86, "K19": 78}

type builder struct {
	*cast.Cast
	sharing *sharing.Service
	system  *system.Service
	lead    access.Actor // of the ICS
	rng     *rand.Rand
}

// Sharing is the slice as the composition root makes it.
func Sharing(c *cast.Cast) (*sharing.Service, error) {
	figures := joints.Shareable(indicator.New(indicator.Deps{DB: c.DB}), diagnostic.New(diagnostic.Deps{DB: c.DB}), strategy.New(strategy.Deps{DB: c.DB, Figures: figure.NewLibrary()}), capacity.New(capacity.Deps{DB: c.DB}))
	return sharing.New(sharing.Deps{DB: c.DB, Key: c.Sign, Figures: figures})
}

// Tell tells it.
func Tell(ctx context.Context, c *cast.Cast) error {
	b := &builder{Cast: c, rng: rand.New(rand.NewPCG(c.Seed, 0x1c5))}
