package e2e

import "testing"

// walks are the tasks, in the order in which the house is entered.
var walks = []struct {
	name string
	walk func(*testing.T)
}{
	{"help", walkHelp},
	{"sign-in", walkSignIn},
	{"invitation", walkInvitation},
	{"link", walkLink},
	{"demo", walkDemo},
	{"main", walkMain},
	{"side", walkSide},
	{"assurance", walkAssurance},
	{"keys", walkKeys},
	{"plan", walkPlan},
	{"champion", walkChampion},
	{"conversation", walkConversation},
	{"adjustment", walkAdjustment},
	{"campaign", walkCampaign},
	{"training", walkTraining},
	{"outreach", walkOutreach},
	{"mentor", walkMentor},
	{"feedback", walkFeedback},
	{"story", walkStory},
	{"onboard", walkOnboard},
	{"contract", walkContract},
	{"exit", walkExit},
	{"ics", walkICS},
	{"skills", walkSkills},
	{"nation", walkNation},
	{"community", walkCommunity},
	{"framework", walkFramework},
	{"loop", walkLoop},
}

// TestWalk walks. They share one database that is a demonstration for one walk and for use in another, so they go one
// after the other.
func TestWalk(t *testing.T) {
	for _, w := range walks {
		t.Run(w.name, w.walk)
	}
}
