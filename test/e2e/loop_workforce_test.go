package e2e

import "strings"

// workforce keeps the posts of the team, plans their five years, looks at what they cost, and fills one.
func (p *planner) workforce() {
	v := p.asLead().Visit("/workforce").Want(200).Says("There are no posts yet")
	p.shot(v, "workforce-begin")
	v.Visit("/workforce/plan").Want(200).Says("Begin with the posts of the team")
	v.Visit("/workforce/costs").Want(200).Says("Begin with the posts of the team")
	v.Visit("/workforce/pipeline/add").Want(200).Says("Nothing is vacant")
	p.posts()
	p.fiveYears()
	p.fillPost()
	p.shot(p.asGuardian().Visit("/workforce").Want(200).Says("OH nurse").Hides("Add a post"), "workforce-guardian")
	p.asExecutive().Visit("/workforce/costs").Want(200).Says("In its fifth year the team costs")
}

// posts writes two posts, the first wrongly to begin with.
func (p *planner) posts() {
	const title, since, heads, inPost, wte, years = "Title of the post", "Vacant since", "How many people is it for?", "How many are in post today?", "WTE of each person", "Years in the band"
	const badWTE = "Enter the WTE of each person, above 0 and at most 1"
	v := p.asLead().Visit("/workforce").Click("Add a post").Want(200)
	p.refused(v, "Save", "Enter the title of the post", "Select a role", "Select a band", "Enter how many people it is for, from 1 to 200", badWTE, "Enter how many are in post, 0 if nobody is",
		"Enter the years in the band, from 0 to 50", "Select how it is funded")
	p.shot(v, "workforce-post-refused")
	v.Fill(title, long(121)).Select("Role", "Occupational health nurse").Select("Band", "Medical").Fill(heads, "2").Fill(wte, "1.5").Fill(inPost, "3").Fill(years, "3").Choose("For a fixed term").Select("When could they act up?", "Now")
	p.refused(v, "Save", "Shorten this to 120 characters or fewer", "“Medical” is for physicians only. Select a band", "Enter the salary as whole pounds, for example 120000", badWTE, "No more can be in post than the post is for",
		"Enter the last day of the fixed term", "Select the post that could act up, or leave “When” empty")
	v.Fill(title, "OH nurse").Select("Band", "Band 6").Fill(wte, "0.8").Fill(inPost, "1").Choose("Recurrent").Select("When could they act up?", "Choose one").Date(since, "31", "2", "2026")
	p.refused(v, "Save", "Enter a real date, for example 27 3 2026")
	v.Date(since, "", "", "")
	p.refused(v, "Save", "Enter since when it is vacant")
	p.date(v, since, judgedIn, 20)
	p.refused(v, "Save", "The day must be today or in the past")
	p.date(v, since, judgedIn-2, 1)
	v.Choose("Spirometry").Click("Save").Want(200).Says("Saved", "0.8 WTE, 50%, are vacant", "Spirometry: only one post carries this skill (OH nurse)")

	v.Click("Add a post").Want(200).Fill(title, "Consultant").Select("Role", "Occupational physician").Select("Band", "Band 8a").Fill(heads, "1").Fill(wte, "0.6").Fill(inPost, "1").Fill(years, "0").Choose("Paid by somebody else")
	p.refused(v, "Save", "Select “Medical” for a physician")
	v.Select("Band", "Medical").Fill("Salary of a physician, full time", "125000").Click("Save").Want(200).Says("Nobody named")
	v.Click("Consultant").Want(200).Select("Who could act up for it?", "OH nurse")
	p.refused(v, "Save", "Select when they could act up")
	v.Select("When could they act up?", "Later").Click("Save").Want(200).Says("Later", "Who could act up")
	p.shot(v, "workforce")
	v.Click("Where the vacancy rate comes from").Want(200).At("/figures/workforce/vacancy_rate").Click("See it in full").Want(200).At("/workforce")
}

// fiveYears sets what is assumed, plans a change of each kind, and looks at what it brings and costs.
func (p *planner) fiveYears() {
	v := p.asLead().Visit("/workforce/plan").Want(200).Click("What the plan assumes of everybody").Want(200)
	v.Fill("How many staff does the service look after?", "some").Fill("Pay award a year, in percent", "50").Fill("Days of annual leave", "")
	p.refused(v, "Save", "Enter a whole number, for example 5200", "Pay award a year, in percent: enter a number from -5 to 15", "Days of annual leave: enter a number from 20 to 50")
	p.shot(v, "workforce-assumptions-refused")
	v.Fill("How many staff does the service look after?", "5,200").Fill("Pay award a year, in percent", "3").Fill("Days of annual leave", "29").Click("Save").Want(200).At("/workforce/plan")
	v.Click("Occupational health nurse").Want(200).Fill("Retirements expected within five years", "many")
	p.refused(v, "Save", "Retirements expected within five years: enter a number from 0 to 200")
	v.Fill("Retirements expected within five years", "1").Click("Save").Want(200)

	v.Click("Plan a change").Want(200)
	p.shot(v, "workforce-kinds").Click("A new post").Want(200)
	p.refused(v, "Save", "Enter the title of the post", "Select a role", "Select a band", "Enter how many people it is for, from 1 to 200", "Enter the WTE of each person, above 0 and at most 1", "Select at least one option")
	v.Fill("Title of the post", "Evening nurse").Select("Role", "Occupational health nurse").Select("Band", "Band 6").Fill("How many people?", "1").Fill("WTE of each person", "1").Choose("Do minimum").Choose("Preferred").Choose("Do maximum").Click("Save").Want(200)

	v.Visit("/workforce/changes/add").Click("A development post").Want(200).Fill("How many people?", "2").Fill("WTE of each person", "1").Fill("Length of the course, in months", "12")
	for label, text := range map[string]string{"Days of study a year during the course": "40", "Hours of supervision a week": "2", "Hours of backfill a week": "4", "Cost of the course a year, in pounds": "5200",
		"Who complete the course: lowest percent you would expect": "95", "Who complete the course: highest percent you would expect": "80", "Still here two years later: lowest percent": "60", "Still here two years later: highest percent": "185"} {
		v.Fill(label, text)
	}
	p.refused(v, "Save", "The highest must not be below the lowest", "Still here two years later: highest percent: enter a number from 0 to 100", "Select how they are paid", "Select at least one option")
	p.shot(v, "workforce-development-refused")
	v.Fill("Who complete the course: lowest percent you would expect", "75").Fill("Still here two years later: highest percent", "85").Choose("Band 5, and Band 6 on completion").Choose("Preferred").Click("Save").Want(200).Says("2 new posts: Development nurse", "See the wait", "See the cost", "Update the case")

	v.Visit("/workforce/changes/add").Click("Another WTE or band for a post").Want(200)
	p.refused(v, "Save", "Select a post", "Enter the new WTE, or select the new band", "Select at least one option")
	v.Select("Which post?", "OH nurse").Select("New band", "Medical").Choose("Do maximum")
	p.refused(v, "Save", "Select a band of the same pay system")
	v.Select("New band", "Band 7").Click("Save").Want(200).Says("OH nurse becomes Band 7")
	v.Visit("/workforce/changes/add").Click("A leadership role for experienced staff").Want(200).Select("Which post?", "OH nurse").Fill("Hours a week to lead", "60").Choose("Do maximum")
	p.refused(v, "Save", "Hours a week to lead: enter a number from 1 to 37")
	v.Fill("Hours a week to lead", "4").Click("Save").Want(200)
	v.Visit("/workforce/changes/add").Click("The end of a post").Want(200)
	p.refused(v, "Save", "Select a post", "Select at least one option")
	v.Select("Which post?", "Consultant").Choose("Do maximum").Click("Save").Want(200).Says("Consultant ends")

	p.shot(v.Says("With the option “Preferred” the team goes from 1.4 WTE today"), "workforce-plan")
	p.shot(v.Click("Do nothing").Want(200).Says("If nothing is changed"), "workforce-plan-nothing")
	p.shot(v.Visit("/workforce/costs").Want(200).Says("In its fifth year the team costs"), "workforce-costs")
	v.Click("Show with the part of the pension that is paid centrally").Want(200).Says("23.78%").Click("Do maximum").Want(200).Says("23.78%")

	v.Visit("/workforce/plan").Click("OH nurse becomes Band 7").Want(200).Select("New band", "As it is")
	p.refused(v, "Save", "Enter the new WTE, or select the new band")
	v.Fill("New WTE of each person", "1").Click("Save").Want(200).Says("OH nurse becomes 1 WTE").Click("OH nurse becomes 1 WTE").Want(200).Click("Withdraw this change").Want(200)
	p.shot(v, "workforce-withdraw").Click("Withdraw").Want(200).Says("The change has been withdrawn").Hides("OH nurse becomes")

	v.Visit("/workforce/changes/add").Click("A new post").Want(200).Fill("Title of the post", "Senior nurse").Select("Role", "Occupational health nurse").Select("Band", "Band 7").Fill("How many people?", "1").Fill("WTE of each person", "1").Choose("Do maximum").Click("Save").Want(200)
	v.Click("1 new post: Senior nurse, Band 7, 1 WTE").Want(200)
	v.Visit("/workforce/plan/withdraw?id="+strings.TrimPrefix(v.Path, "/workforce/changes/")).Want(200).Says("Take back what you planned", "Senior nurse")
	p.shot(v, "workforce-take-back").Click("Take it back").Want(200).Says("What you planned has been taken back").Hides("Senior nurse")
}

// fillPost follows a vacancy from its advert to the first day, and stops another.
func (p *planner) fillPost() {
	const advertised, on, starts = "When was it advertised?", "On which day?", "Agreed first day"
	v := p.asLead().Visit("/workforce/pipeline").Want(200).Says("No vacancy is open").Click("Open a vacancy").Want(200)
	p.refused(v, "Save", "Select what it is for", "Select the source", "Enter the day it was advertised")
	p.shot(v, "workforce-vacancy-refused")
	v.Select("What is it for?", "OH nurse, Band 6").Choose("National jobs site")
	p.date(v, advertised, judgedIn, 20)
	p.refused(v, "Save", "Select whether somebody left", "The day must be today or in the past")
	p.date(v, advertised, judgedIn-1, 1)
	v.Choose("Yes").Click("Save").Want(200).Says("Advertised", "National jobs site").Click("OH nurse").Want(200)
	p.refused(v, "Save", "Select what happened", "Enter the day")
	v.Choose("It closed to applications")
	p.date(v, on, judgedIn-2, 1)
	p.refused(v, "Save", "The day must be "+p.time(judgedIn-1, 1, "0:00").Format("2 January 2006")+" or after", "Enter how many people applied, 0 if nobody did")
	p.shot(v, "workforce-move-refused")
	p.date(v, on, judgedIn-1, 9)
	v.Fill("How many people applied?", "7").Click("Save").Want(200).Says("Closed to applications").Click("OH nurse").Want(200).Choose("It was offered and accepted")
	p.date(v, on, judgedIn-1, 12)
	p.refused(v, "Save", "Enter the agreed first day")
	p.date(v, starts, judgedIn-1, 11)
	p.refused(v, "Save", "The first day must not be before the offer")
	p.date(v, starts, judgedIn, 5)
	v.Click("Save").Want(200).Says("This day has passed: until you say what happened, the plan counts on nobody here")
	p.shot(v, "workforce-pipeline").Click("OH nurse").Want(200).Choose("The offer was declined or withdrawn")
	p.date(v, on, judgedIn-1, 13)
	v.Click("Save").Want(200).Says("Closed to applications").Click("OH nurse").Want(200).Choose("It was offered and accepted")
	p.date(v, on, judgedIn-1, 14)
	p.date(v, starts, judgedIn, 8)
	v.Click("Save").Want(200).Hides("This day has passed").Click("OH nurse").Want(200).Choose("Another first day was agreed")
	p.date(v, on, judgedIn-1, 15)
	p.date(v, "New first day", judgedIn, 9)
	v.Click("Save").Want(200).Click("OH nurse").Want(200).Choose("The person started")
	p.date(v, on, judgedIn, 5)
	v.Fill("Years in the band already", "sixty")
	p.refused(v, "Save", "Enter the years in the band, from 0 to 50")
	v.Fill("Years in the band already", "2").Click("Save").Want(200).Says("The post is filled", "One vacancy was filled")

	v.Click("Open a vacancy").Want(200).Select("What is it for?", "Evening nurse").Choose("Word of mouth")
	p.date(v, advertised, judgedIn, 1)
	v.Click("Save").Want(200).Click("Evening nurse").Want(200).Choose("It was stopped")
	p.date(v, on, judgedIn, 20)
	p.refused(v, "Save", "The day must be today or in the past", "Enter why it was stopped")
	p.date(v, on, judgedIn, 6)
	v.Fill("Why was it stopped?", "Nobody applied").Click("Save").Want(200).Says("Stopped on", "Planned posts: actual against plan")
	p.shot(v, "workforce-pipeline-over")

	const last = "Last day of the post"
	v.Visit("/workforce").Click("Consultant").Want(200).Click("End: Consultant").Want(200).Date(last, "", "", "")
	p.refused(v, "End the post", "Enter the last day of the post")
	p.date(v, last, judgedIn, 20)
	p.refused(v, "End the post", "The day must be today or in the past. To end a post later, plan a change")
	p.date(v, last, judgedIn, 7)
	v.Click("End the post").Want(200).Says("The post has ended")
}
