package past

import (
	"github.com/rowan-ohwb/rowan/internal/care/report"
)

// What the invented people write. Plain, short, and about nobody.

// reasonText is what a case of a reason reads like: the referrer's words, the person's, the clinician's.
type reasonText struct {
	why, tried, presenting, function, body, summary, outlook string
	questions                                                []string
	demands                                                  []string
	work                                                     []string
}

var reasonTexts = map[string]reasonText{
	"LTS": {"They have been off for five weeks and we would like to plan their return together.", "We keep in touch every week and have offered shorter days.",
		"Off work since an operation and worried about coming back too soon.", "Walks for 20 minutes. Stairs and lifting are still hard. Sleeps better than last month.",
		"Recovery is on course. We talked through the demands of the post and how a phased return works.", "They are recovering well and are not yet ready for the full role.",
		"With a phased return I expect regular attendance within two months.", []string{"Q01", "Q02", "Q03", "Q08"}, []string{"STAND", "LIFT"}, []string{"physical", "shifts"}},
	"STS": {"There were four short absences in six months and we want to know how to support them.", "We looked at the rota and moved two late shifts.",
		"Several short absences; thinks poor sleep after late shifts plays a part.", "Manages the job on good days. Tires easily after three shifts in a row.",
		"The pattern fits with tiredness after rotating shifts. Sleep habits and breaks discussed.", "There is a health reason that explains part of the pattern.",
		"With a steadier rota, absence should fall. Some is likely to recur.", []string{"Q05", "Q06", "Q07"}, []string{"ROTATE", "NIGHT"}, []string{"shifts", "demands"}},
	"STR": {"They told me that work is affecting their sleep and mood and asked for help.", "We did a stress risk assessment together and shared out one project.",
		"Feels overwhelmed since the team lost two colleagues; poor sleep, tearful at times.", "Keeps up at home with effort. Concentration is short. No thoughts of self-harm.",
		"Workload and unclear priorities are the main pressures. Agreed to talk with the manager. Counselling offered and accepted.",
		"Pressures at work and their health affect each other. Changes at work will help.", "I expect steady improvement over 6 to 8 weeks if the changes are made.",
		[]string{"Q03", "Q07", "Q10"}, []string{"EMOTION", "PUBLIC"}, []string{"demands", "support", "role"}},
	"MSK": {"Back pain makes moving and handling hard and they asked to be referred.", "Another team member takes the heavier tasks for now.",
		"Low back pain for six weeks after a long run of shifts; no warning signs.", "Sits for 30 minutes, walks freely. Lifting over 10 kg hurts.",
		"Mechanical pain, improving. Exercises shown. Advice to stay active.", "They can work with limits on lifting for a time.",
		"Full recovery is likely within three months.", []string{"Q01", "Q03", "Q09"}, []string{"MOVE", "BEND", "LIFT"}, []string{"physical", "equipment"}},
	"ADJ": {"They shared a diagnosis and would like to agree adjustments that last.", "Noise-cancelling headphones and written summaries have helped.",
		"Recently diagnosed; wants adjustments that do not need explaining every time.", "Does the job well. Open-plan noise and last-minute changes cost much energy.",
		"Adjustments discussed one by one. A passport of adjustments would help when managers change.", "They are fit for their role with lasting adjustments.",
		"No effect on attendance is expected if adjustments stay in place.", []string{"Q04", "Q08", "Q10"}, []string{"DSE"}, []string{"environment"}},
}

// textOf gives the text of a reason, or of a near one.
func textOf(reason string) reasonText {
	for _, r := range []string{reason, map[string]string{"INC": "STR", "WRH": "STR", "PERF": "STR", "SUB": "STS", "FFW": "STS", "RTW": "LTS", "IHR": "LTS", "SAF": "MSK",
		"CHG": "ADJ", "PREG": "MSK", "FIT": "STR", "INF": "STS"}[reason]} {
		if t, ok := reasonTexts[r]; ok {
			return t
		}
	}
	return reasonTexts["LTS"]
}

// advised is an adjustment by its code in packs/adjustments.yaml.
type advised struct{ kind, detail string }

var adjustments = []advised{
	{"PHASED_RETURN", "Half of the contracted hours in week 1, then 60%, 75% and full hours in week 4."},
	{"LIFTING", "No lifting of more than 10 kg, and no moving and handling of patients alone."},
	{"SHIFTS", "No night shifts and no more than three shifts in a row."},
	{"BREAKS", "A break of 10 minutes every 2 hours, away from the desk or ward."},
	{"EQUIPMENT", "A workstation assessment, and a chair that can be adjusted."},
	{"DUTIES", "Take the coordinator role out of the rota for now, and agree weekly priorities."},
	{"TREATMENT_TIME", "Time for appointments once a week, agreed beforehand."},
	{"SUPPORT", "A short catch-up with the manager each week for 6 weeks."},
	{"LOCATION", "Two days a week from home, where the work allows it."},
	{"COMMUNICATION", "Put tasks in writing and give notice of changes."},
}

var answers = map[string]string{
	"Q01": "Not yet for the full role. With the adjustments below they can begin.", "Q02": "I expect a return within the next four weeks.",
	"Q03": "The adjustments below, for six weeks, then a look together at how it goes.", "Q04": "Yes. I advise that the adjustments below are kept and looked at once a year.",
	"Q05": "There is a health condition that explains some of the absence. I cannot say whether each absence was justified.", "Q06": "Some further absence is possible. It should be less than before.",
	"Q07": "Work contributes. A stress risk assessment together would be a good next step.", "Q08": "In my opinion the provisions are likely to apply. The decision is a legal one.",
	"Q09": "Redeployment is not advised at this time.", "Q10": "Regular contact, clear priorities and time for treatment would help.",
	"Q11": "They are fit to attend with somebody to support them.", "Q12": "It is too early to say.", "Q13": "Not for nights at present.", "Q14": "A review in about eight weeks would be useful.",
}

var comments = []string{"", "", "", "I felt listened to.", "Clear and kind. Thank you.", "I waited a long time for a date.", "The report said what we had agreed.",
	"It helped that I could read it first.", "I would have liked more time to talk.", "The link on my phone was easy to use."}

var rationales = []string{"No risk found in the referral. Standard first appointment.", "Questions are clear; a first appointment will answer them.",
	"Needs to be seen: the return is planned for next month.", "Straightforward. The person has been told and agrees."}

var ownWords = []string{"I would like to talk to somebody about how I have been feeling at work.", "My back has been bad for weeks and I do not want to go off sick.",
	"I need some advice about adjustments.", "Things have been hard since last month and I would like some help."}

var caveats = []string{"It was Wednesday that I stopped work, not Monday.", "My post is in the other team since the spring.", "I work 30 hours, not 37.5."}

var equality = []string{"LIKELY", "UNLIKELY", "POSSIBLE", "NOT_ADDRESSED"}

// workLink says whether work plays a part, by reason.
func workLink(reason string) string {
	switch reason {
	case "STR", "WRH", "INC":
		return "PARTLY"
	case "LTS", "RTW":
		return "NO"
	}
	return report.WorkLinks[3]
}
