package app

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/account/accountweb"
	"github.com/rowan-ohwb/rowan/internal/activity/feed"
	"github.com/rowan-ohwb/rowan/internal/activity/feed/feedweb"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/audit/auditweb"
	"github.com/rowan-ohwb/rowan/internal/audit/watch"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/appointmentweb"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casefileweb"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/glass"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/glass/glassweb"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note/noteweb"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/own"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/own/ownweb"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/care/development/developmentweb"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/feedbackweb"
	"github.com/rowan-ohwb/rowan/internal/care/handover"
	"github.com/rowan-ohwb/rowan/internal/care/handover/handoverweb"
	"github.com/rowan-ohwb/rowan/internal/care/lending"
	"github.com/rowan-ohwb/rowan/internal/care/lending/lendingweb"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring/mentoringweb"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/message/messageweb"
	"github.com/rowan-ohwb/rowan/internal/care/outreach"
	"github.com/rowan-ohwb/rowan/internal/care/outreach/outreachweb"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/care/practice/practiceweb"
	"github.com/rowan-ohwb/rowan/internal/care/pulse"
	"github.com/rowan-ohwb/rowan/internal/care/pulse/pulseweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegationweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/myweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referralweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/reportweb"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact/safecontactweb"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/care/training/trainingweb"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/care/triage/triageweb"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/adjustmentweb"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion/championweb"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation/conversationweb"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan/returnplanweb"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/absenceweb"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/assuranceweb"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacityweb"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacityweb/numberweb"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/waits"
	"github.com/rowan-ohwb/rowan/internal/growth/community/asked"
	"github.com/rowan-ohwb/rowan/internal/growth/community/buddy"
	"github.com/rowan-ohwb/rowan/internal/growth/community/campaign"
	"github.com/rowan-ohwb/rowan/internal/growth/community/campaign/campaignweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/circle"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter"
	resource "github.com/rowan-ohwb/rowan/internal/growth/community/library"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin/originview"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/publicweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/siteweb"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/diagnosticweb"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/selfcheck"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/selfcheck/selfcheckweb"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/document/documentweb"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/clinicalaudit"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/clinicalaudit/clinicalauditweb"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/evidenceweb"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureweb"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast/forecastweb"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue/catalogueweb"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle/cycleweb"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity/maturityweb"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway/pathwayweb"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator/indicatorweb"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmentweb"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/joints/beside"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call/callweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/cohort"
	"github.com/rowan-ohwb/rowan/internal/growth/network/cohort/cohortweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/collection"
	"github.com/rowan-ohwb/rowan/internal/growth/network/collection/collectionweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/contractweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/foi"
	"github.com/rowan-ohwb/rowan/internal/growth/network/foi/foiweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/frontdoor"
	"github.com/rowan-ohwb/rowan/internal/growth/network/frontdoor/frontdoorweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group/groupweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan/peopleplanweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled/pooledweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/procured"
	"github.com/rowan-ohwb/rowan/internal/growth/network/procured/procuredweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme/programmeweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing/sharingweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank/skillsbankweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/systemweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost/unitcostweb"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesweb"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/award"
	"github.com/rowan-ohwb/rowan/internal/growth/story/awardweb"
	"github.com/rowan-ohwb/rowan/internal/growth/story/storyweb"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimonyweb"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board/boardweb"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyweb"
	"github.com/rowan-ohwb/rowan/internal/growth/voice"
	"github.com/rowan-ohwb/rowan/internal/growth/voice/voiceweb"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/load"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/load/loadweb"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/workforceweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/clientweb"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit/exitweb"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/person/joining"
	"github.com/rowan-ohwb/rowan/internal/person/joining/joiningweb"
	"github.com/rowan-ohwb/rowan/internal/person/personweb"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Services are the slices, for commands and the sample.
type Services struct {
	Accounts      *account.Service
	People        *person.Service
	Clients       *client.Service
	Exits         *exit.Service
	Handovers     *handover.Service
	Joining       *joining.Service
	Referrals     *referral.Service
	SelfReferrals *selfreferral.Service
	Delegations   *delegation.Service
	Triage        *triage.Service
	Appointments  *appointment.Service
	Cases         *casefile.Service
	Notes         *note.Service
	Glass         *glass.Service
	Own           *own.Service
	Reports       *report.Service
	Feedback      *feedback.Service
	Voice         *voice.Service
	Stories       *story.Service
	Testimonials  *testimony.Service
	Awards        *award.Service
	SafeContacts  *safecontact.Service
	Practice      *practice.Service
	Development   *development.Service
	Pulse         *pulse.Service
	Champions     *champion.Service
	Conversations *conversation.Service
	Adjustments   *adjustment.Service
	Returns       *returnplan.Service
	Training      *training.Service
	Outreach      *outreach.Service
	Lending       *lending.Service
	Mentoring     *mentoring.Service
	Messages      *message.Sender
	Outbox        *message.Outbox
	Sealer        *audit.Sealer
	Watch         *watch.Service
	Indicators    *indicator.Service
	Absence       *absence.Service
	Feed          *feed.Service
	Series        *series.Service
	Survey        *survey.Service
	Figures       *figure.Service
	Plan          *strategy.Service
	Board         *board.Service
	Diagnostic    *diagnostic.Service
	SelfCheck     *selfcheck.Service
	Assurance     *assurance.Service
	Forecasts     *forecast.Service
	Catalogue     *catalogue.Service
	Pathways      *pathway.Service
	Maturity      *maturity.Service
	Cycles        *cycle.Service
	Evidence      *evidence.Service
	Documents     *document.Service
	Audits        *clinicalaudit.Service
	Workforce     *workforce.Service
	Capacity      *capacity.Service
	Investment    *investment.Service
	BusinessCases *fivecase.Service
	Site          *site.Service
	Campaigns     *campaign.Service
	Agreements    *contract.Service
	FrontDoor     *frontdoor.Service
	UnitCosts     *unitcost.Service
	Members       *member.Service
	Posts         *post.Service
	Circles       *circle.Service
	Asked         *asked.Service
	Buddies       *buddy.Service
	Codesign      *codesign.Service
	Procured      *procured.Keeper
	Library       *resource.Service
	Letters       *letter.Service
	Origins       *origin.Service
	Sharing       *sharing.Service
	System        *system.Service
	Pooled        *pooled.Service
	SkillsBank    *skillsbank.Service
	PeoplePlan    *peopleplan.Service
	Programme     *programme.Service
	Groups        *group.Service
	Cohorts       *cohort.Service
	Calls         *call.Service
	Collection    *collection.Service
	Extracts      *foi.Service
}

// services makes every slice.
func (a *App) services() (err error) {
	d, calendar, box := a.d, workday.England(), sealed.New(a.d.Keys)
	if a.Sealer, err = audit.NewSealer(audit.SealerDeps{DB: d.DB, Key: d.Keys.Other(audit.SigningKey.Name), Checkpoints: d.Config.Checkpoints(), Now: d.Now}); err != nil {
		return err
	}
	a.Watch = watch.New(watch.Deps{DB: d.DB, VerifierKey: a.Sealer.VerifierKey()})
	a.Accounts = account.New(account.Deps{DB: d.DB, Sessions: a.sessions, Keys: d.Keys, Now: d.Now, Demo: d.Config.Demo, NewLink: newLink})
	a.People = person.New(person.Deps{DB: d.DB})
	a.Clients = client.NewService(d.DB, a.Accounts)
	a.Joining = joining.New(joining.Deps{DB: d.DB, Login: a.Accounts.Login, Tie: a.Accounts.TieOwn})
	a.Appointments = appointment.New(appointment.Deps{DB: d.DB, Ledger: a.ledger, Calendar: calendar, Clinicians: a.clinicians, Now: d.Now})
	a.Referrals = referral.New(referral.Deps{DB: d.DB, Ledger: a.ledger, Box: box, Free: a.Appointments.Release})
	a.SelfReferrals = selfreferral.New(selfreferral.Deps{DB: d.DB, Ledger: a.ledger, Box: box})
	a.Delegations = delegation.New(delegation.Deps{DB: d.DB, NameRange: person.Range})
	a.Triage = triage.New(triage.Deps{DB: d.DB, Ledger: a.ledger, Calendar: calendar, Box: box})
	a.Cases = casefile.New(casefile.Deps{DB: d.DB, Ledger: a.ledger, Box: box, Now: d.Now})
	a.Notes = note.New(note.Deps{DB: d.DB, Ledger: a.ledger, Box: box})
	a.Exits, a.Handovers = exit.New(exit.Deps{DB: d.DB, Clients: a.Clients, Team: a.owners}), handover.New(handover.Deps{DB: d.DB, Box: box, Cases: a.Cases, Draw: drawRecord})
	a.Glass = glass.New(glass.Deps{DB: d.DB, NameRange: person.Range, Now: d.Now})
	a.Own = own.New(d.DB, box)
	a.Reports = report.New(report.Deps{DB: d.DB, Ledger: a.ledger, Box: box, Log: d.Log, Clock: d.Now, Colleagues: a.colleagues, HR: a.Accounts.HR, CountLink: a.Accounts.CountLink})
	a.Feedback = feedback.New(feedback.Deps{DB: d.DB, Ledger: a.ledger, Links: d.Keys})
	a.SafeContacts = safecontact.New(safecontact.Deps{DB: d.DB, Codes: d.Keys, Again: a.again, Now: d.Now})
	a.Practice = practice.New(practice.Deps{DB: d.DB, Box: box, Now: d.Now, Team: a.team, Tell: tellPractice, Changed: a.practised})
	a.Lending = lending.New(lending.Deps{DB: d.DB, Able: a.able, Named: a.competence})
	a.Development = development.New(development.Deps{DB: d.DB, Box: box, Colleagues: a.peers})
	a.Pulse = pulse.New(d.DB)
	a.Champions = champion.New(champion.Deps{DB: d.DB, Now: d.Now})
	a.Conversations = conversation.New(conversation.Deps{DB: d.DB, Box: box, Now: d.Now})
	a.Adjustments = adjustment.New(adjustment.Deps{DB: d.DB, Box: box, Now: d.Now})
	a.Returns = returnplan.New(returnplan.Deps{DB: d.DB, Links: d.Keys, Calendar: calendar, Now: d.Now})
	a.Training = training.New(training.Deps{DB: d.DB, Keys: d.Keys, Now: d.Now, Feedback: a.Feedback, Signing: a.signing()})
	a.Mentoring = mentoring.New(mentoring.Deps{DB: d.DB, Box: box, Links: d.Keys, Now: d.Now, Areas: development.Areas, Team: a.mentors, Standing: a.standing, Named: a.competence})
	a.Outreach = outreach.New(d.DB)
	a.Messages = message.NewSender(message.SenderDeps{Keys: d.Keys, BaseURL: d.Config.BaseURL, Words: locale.English(), Now: d.Now, Guardians: a.Accounts.Guardians, Leads: a.Accounts.Leads})
	a.Outbox = message.NewOutbox(d.DB)
	a.Absence = absence.New(absence.Deps{DB: d.DB})
	a.Feed = feed.New(feed.Deps{DB: d.DB, Ledger: a.ledger})
	a.Series = series.New(series.Deps{DB: d.DB})
	a.Indicators = indicator.New(indicator.Deps{DB: d.DB, Measures: joints.Measures(a.Series, a.Absence), Headcount: joints.Headcount(),
		Waiting: joints.Waiting(func() *assurance.Service { return a.Assurance }, func() *board.Service { return a.Board })})
	a.Survey = survey.New(survey.Deps{DB: d.DB})
	// A slice that relies on figures may offer some too, so the library is there before its books are.
	library := figure.NewLibrary()
	a.Figures = figure.New(d.DB, library)
	a.Diagnostic = diagnostic.New(diagnostic.Deps{DB: d.DB, Links: d.Keys, Figures: library, Planned: joints.About(func() *strategy.Service { return a.Plan })})
	a.SelfCheck = selfcheck.New(selfcheck.Deps{DB: d.DB, Figures: library})
	a.Plan = strategy.New(strategy.Deps{DB: d.DB, Figures: library, Forecasts: joints.Registered(func() *forecast.Service { return a.Forecasts }), Posts: joints.Posted(func() *workforce.Service { return a.Workforce }), Interventions: joints.Interventions(func() *catalogue.Service { return a.Catalogue }), Weighed: joints.Weighed(a.Diagnostic)})
	a.Voice = voice.New(voice.Deps{DB: d.DB, Actions: joints.Told(a.Plan)})
	a.Board = board.New(board.Deps{DB: d.DB, Plan: a.Plan, Brief: joints.Brief(func() *fivecase.Service { return a.BusinessCases })})
	a.Forecasts = forecast.New(forecast.Deps{DB: d.DB, Figures: library, Histories: joints.Histories(a.Indicators, a.Series, a.Absence), Findings: joints.Findings(a.Indicators), Actions: joints.Actions{Plan: a.Plan}})
	a.Assurance = assurance.New(assurance.Deps{DB: d.DB, Figures: library, Sections: joints.Sections(a.Board, a.Forecasts), Yearly: joints.Yearly(func() *evidence.Service { return a.Evidence })})
	a.Catalogue = catalogue.New(catalogue.Deps{DB: d.DB, Planned: joints.Planned(a.Plan)})
	a.Pathways = pathway.New(pathway.Deps{DB: d.DB})
	a.Cycles = cycle.New(cycle.Deps{DB: d.DB, Figures: library, Actions: joints.Improvable(a.Plan)})
	a.Evidence = evidence.New(evidence.Deps{DB: d.DB, Figures: library, Now: d.Now, Tell: tellLead})
	a.Documents = document.New(d.DB)
	a.Audits = clinicalaudit.NewService(d.DB)
	a.Workforce = workforce.New(workforce.Deps{DB: d.DB, Now: d.Now, Actions: joints.Staffed(a.Plan), Doubts: joints.Doubted(func() *investment.Service { return a.Investment }),
		Load:      joints.Loaded(func() *load.Service { return load.New(d.DB, a.Workforce) }, d.Now),
		Withdrawn: joints.Followed(func() *capacity.Service { return a.Capacity })})
	a.Capacity = capacity.New(capacity.Deps{DB: d.DB, Staffing: joints.Staffing(a.Workforce), Futures: joints.Futures(a.Workforce), Gained: a.Workforce.Gained, Posts: joints.One(a.Workforce), Added: joints.Added(a.Workforce), Plan: joints.PlannedPosts(a.Workforce)})
	a.Investment = investment.New(investment.Deps{DB: d.DB, Figures: library, Posts: joints.Employed(a.Workforce), Waits: joints.Simulated(a.Capacity),
		Verdicts: joints.Verdicts(a.Board), Waited: joints.Waited(d.DB), InPost: joints.InPost(a.Workforce), Actions: joints.Investable(a.Plan), Positions: joints.Positions(a.Workforce)})
	a.why = beside.Why(d.DB, a.Capacity, a.Workforce, d.Now)
	a.BusinessCases = fivecase.New(fivecase.Deps{Plan: a.Investment, Paper: joints.Proposed(a.Board), Decisions: joints.Decided(a.Board), Why: a.why,
		Load: joints.LoadedCase(func() *load.Service { return load.New(d.DB, a.Workforce) }, d.Now)})
	a.Stories = story.New(story.Deps{DB: d.DB, Figures: library, Actions: joints.Tellable(a.Plan), Effects: joints.Judged(a.Forecasts, a.Indicators), Citable: joints.Citable(a.Indicators), Cost: joints.Costed(a.Plan, a.Investment)})
	a.Testimonials = testimony.New(d.DB, d.Keys)
	a.Awards = award.New(award.Deps{DB: d.DB, Figures: library, Stories: a.Stories, Testimonials: a.Testimonials, Items: joints.Evident(a.Evidence)})
	a.Campaigns = campaign.New(d.DB)
	a.community(d)
	a.Maturity = maturity.New(maturity.Deps{DB: d.DB, Offered: a.Codesign.InForce})
	a.Site = site.New(site.Deps{DB: d.DB, Figures: library, Advertised: joints.Advertised(a.Workforce)})
	a.FrontDoor = frontdoor.New(d.DB, a.Clients)
	a.Agreements = contract.New(contract.Deps{DB: d.DB, Contracts: a.Clients, Measures: joints.Agreeable(a.Indicators), Count: joints.OfClient(a.Indicators)})
	a.Procured = procured.New(procured.Deps{DB: d.DB, Find: a.Clients.Find, InForce: a.Codesign.InForce, Person: codesign.Person})
	a.UnitCosts = unitcost.New(unitcost.Deps{DB: d.DB, Team: joints.Worked(a.Workforce), Prices: a.Agreements.Prices})
	if a.System, err = system.New(d.DB, nil); err != nil {
		return err
	}
	a.Programme, a.Groups, a.Cohorts, a.Calls = programme.New(d.DB), group.New(d.DB), cohort.New(d.DB), call.New(d.DB)
	a.Collection, a.Extracts = collection.New(collection.Deps{DB: d.DB, Calls: a.Calls, Published: a.published}), foi.New(d.DB, a.System)
	if a.Sharing, err = sharing.New(sharing.Deps{DB: d.DB, Key: d.Keys.Other(release.SigningKey.Name), Now: d.Now, Figures: a.shareable()}); err != nil {
		return err
	}
	assumed := a.Capacity.Pack()
	a.SkillsBank, a.PeoplePlan = skillsbank.New(d.DB, a.competencies()), peopleplan.New(d.DB, a.System)
	a.Pooled = pooled.New(pooled.Deps{DB: d.DB, System: a.System, Due: assumed.Due, Target: assumed.TargetDays})
	library.Add(a.Indicators.Book(), a.Absence.Figures(), a.Series.Figures(), a.Survey.Figures(), diagnostic.NewBook(d.DB), selfcheck.NewBook(d.DB),
		a.Forecasts.Book(), a.Catalogue.Book(), a.Evidence.Book(), a.Plan.Book(), a.Pathways.Book(), a.Workforce.Book(), waits.NewBook(d.DB, a.Capacity), a.Investment.Book())
	return nil
}

// rules gathers what each slice permits.
func (a *App) rules() [][]access.Rule {
	return [][]access.Rule{account.Rules, person.Rules, client.Rules, exit.Rules, handover.Rules, joining.Rules, referral.Rules, selfreferral.Rules, delegation.Rules, triage.Rules, appointment.Rules,
		casefile.Rules, note.Rules, glass.Rules, own.Rules, report.Rules, feedback.Rules, safecontact.Rules, message.Rules, watch.Rules,
		practice.Rules, lending.Rules,
		development.Rules, pulse.Rules,
		champion.Rules, conversation.Rules, adjustment.Rules, returnplan.Rules, training.Rules, outreach.Rules, mentoring.Rules,
		indicator.Rules,
		absence.Rules,
		series.Rules,
		feed.Rules,
		figure.Rules,
		strategy.Rules, board.Rules, voice.Rules,
		diagnostic.Rules, selfcheck.Rules,
		assurance.Rules,
		forecast.Rules,
		improvement.Rules,
		evidence.Rules, clinicalaudit.Rules, document.Rules,
		workforce.Rules, capacity.Rules, investment.Rules,
		site.Rules, campaign.Rules,
		story.Rules, testimony.Rules, award.Rules,
		contract.Rules, frontdoor.Rules, unitcost.Rules, sharing.Rules, system.Rules, pooled.Rules, skillsbank.Rules, peopleplan.Rules,
		programme.Rules, group.Rules, cohort.Rules, call.Rules, collection.Rules, foi.Rules,
		member.Rules, asked.Rules, buddy.Rules, post.Rules, resource.Rules, letter.Rules, codesign.Rules, procured.Rules,
	}
}

// routes gathers the pages of each slice.
func (a *App) routes() []web.Route {
	var all []web.Route
	for _, part := range [][]web.Route{
		accountweb.Routes(a.Accounts, home, landing), helpRoutes(), personweb.Routes(a.People), clientweb.Routes(a.Clients, a.d.Config.BaseURL), exitweb.Routes(a.Exits), handoverweb.Routes(a.Handovers), joiningweb.Routes(a.Joining, a.d.Config.BaseURL),
		referweb.Routes(a.Referrals, a.Delegations), referralweb.Routes(a.Referrals), delegationweb.Routes(a.Delegations),
		myweb.Routes(a.Referrals, a.SelfReferrals, a.ownReports),
		triageweb.Routes(a.Triage), appointmentweb.Routes(a.Appointments),
		casefileweb.Routes(a.Cases, casefileweb.Views{Referral: referralText, Reason: reason}),
		noteweb.Routes(a.Notes, a.Cases, referralText), glassweb.Routes(a.Glass), ownweb.Routes(a.Own),
		reportweb.Routes(a.Reports, a.Cases.LoadCase, a.ownNote), feedbackweb.Routes(a.Feedback), safecontactweb.Routes(a.SafeContacts),
		developmentweb.Routes(a.Development), pulseweb.Routes(a.Pulse),
		championweb.Routes(a.Champions, a.d.Config.BaseURL), conversationweb.Routes(a.Conversations),
		adjustmentweb.Routes(a.Adjustments), returnplanweb.Routes(a.Returns, a.d.Config.BaseURL),
		trainingweb.Routes(a.Training), outreachweb.Routes(a.Outreach, a.d.Config.BaseURL), mentoringweb.Routes(a.Mentoring, a.d.Config.BaseURL),
		messageweb.Routes(a.Outbox), auditweb.Routes(a.Watch),
		practiceweb.Routes(a.Practice), lendingweb.Routes(a.Lending),
		indicatorweb.Routes(a.Indicators),
		absenceweb.Routes(a.Absence),
		seriesweb.Routes(a.Series, a.Survey),
		feedweb.Routes(a.Feed),
		figureweb.Routes(a.Figures),
		strategyweb.Routes(a.Plan), boardweb.Routes(a.Board), voiceweb.Routes(a.Voice),
		diagnosticweb.Routes(a.Diagnostic, a.d.Config.BaseURL), selfcheckweb.Routes(a.SelfCheck, a.Diagnostic),
		assuranceweb.Routes(a.Assurance),
		forecastweb.Routes(a.Forecasts),
		catalogueweb.Routes(a.Catalogue), pathwayweb.Routes(a.Pathways), maturityweb.Routes(a.Maturity), cycleweb.Routes(a.Cycles),
		evidenceweb.Routes(a.Evidence), clinicalauditweb.Routes(a.Audits), documentweb.Routes(a.Documents),
		workforceweb.Routes(a.Workforce), loadweb.Routes(load.New(a.d.DB, a.Workforce)), capacityweb.Routes(a.Capacity, originview.At(a.Origins), a.why), numberweb.Routes(a.Capacity, capacityweb.Recorded), investmentweb.Routes(a.Investment, a.BusinessCases),
		siteweb.Routes(a.Site, a.d.Config.BaseURL), publicweb.Routes(a.Site, a.told, a.door, a.doors), campaignweb.Routes(a.Campaigns),
		storyweb.Routes(a.Stories), testimonyweb.Routes(a.Testimonials, a.d.Config.BaseURL), awardweb.Routes(a.Awards),
		contractweb.Routes(a.Agreements), frontdoorweb.Routes(a.FrontDoor), unitcostweb.Routes(a.UnitCosts), procuredweb.Routes(a.Procured), sharingweb.Routes(a.Sharing, a.System), systemweb.Routes(a.System), pooledweb.Routes(a.Pooled), a.equity(), skillsbankweb.Routes(a.SkillsBank), peopleplanweb.Routes(a.PeoplePlan),
		programmeweb.Routes(a.Programme), groupweb.Routes(a.Groups, a.milestones), cohortweb.Routes(a.Cohorts),
		callweb.Routes(a.Calls), collectionweb.Routes(a.Collection, collected), foiweb.Routes(a.Extracts),
		a.communityRoutes(),
	} {
		all = append(all, part...)
	}
	return all
}

// jobs registers what each slice does in the background.
func (a *App) jobs() {
	a.Referrals.Register(a.Jobs)
	a.Appointments.Register(a.Jobs)
	a.Reports.Jobs(a.Jobs)
	a.Messages.Register(a.Jobs)
	a.Joining.Jobs(a.Jobs, a.d.Now)
	pulse.Jobs(a.Jobs, a.d.Now)
	conversation.Jobs(a.Jobs, a.d.Now)
	adjustment.Jobs(a.Jobs, a.d.Now)
	a.Training.Jobs(a.Jobs)
	a.Outreach.Jobs(a.Jobs, a.d.Now)
	a.Mentoring.Jobs(a.Jobs)
	a.Sealer.Register(a.Jobs)
	a.rollups()
	a.Practice.Jobs(a.Jobs)
	a.Evidence.Register(a.Jobs)
	call.Register(a.Jobs, a.d.Now, tellCall)
	a.Exits.Register(a.Jobs, a.d.Now, tellExit)
	unitcost.Register(a.Jobs, a.d.Now, tellCost)
	a.Forecasts.Jobs(a.Jobs, a.d.Now)
	a.Capacity.Register(a.Jobs, a.d.Now)
	a.Site.Jobs(a.Jobs, a.d.Now)
	a.Sharing.Jobs(a.Jobs)
	a.Pooled.Register(a.Jobs, a.d.Now)
}

// navigation is the parts of the site, in the order of the main job; each is shown to those who may use it. What does not fit into
// the row goes under More from the end on, so what somebody keeps for themselves comes after the work, and who decides on the
// team finds people, capacity and money side by side.
var navigation = []string{
	"/my", "/my/appointments", "/my/reports", "/my/record", "/my/contact", "/my/who-looked",
	"/my/conversations", "/my/wellbeing-plan", "/my/passport", "/my/return", "/my/champion", "/my/training", "/my/said",
	"/referrals", "/refer", "/refer/delegations", "/onboard", "/people-admin/import",
	"/conversations", "/adjustments", "/champions/team", "/champions/coverage",
	"/today", "/queue", "/no-safe-contact", "/clinics", "/people", "/handovers", "/refer/delegations/oh", "/service/feedback",
	"/performance", "/need", "/plan", "/workforce", "/capacity", "/investment", "/effect", "/assurance", "/evidence", "/data", "/absence", "/figures", "/conversations/uptake", "/adjustments/uptake", "/voice", "/stories",
	"/champions", "/contracts", "/agreements", "/unit-costs", "/our-contract", "/training", "/team-training", "/outreach", "/site-editor", "/campaigns", "/sharing", "/skills-bank", "/joint-actions", "/calls", "/nation", "/nation/partners", "/groups", "/nation/calls", "/nation/studies", "/nation/cohorts", "/nation/extracts", "/system", "/system/levels", "/system/plans", "/system/equity", "/system/pooled", "/system/skills", "/system/people-plan", "/system/releases", "/community", "/letters", "/practice", "/skills-bank/mine", "/development", "/mentoring", "/pulse",
	"/audit", "/audit/break-glass", "/audit/snooping", "/audit/export", "/messages",
}

// links makes the navigation from the route table: the permission of each link is its route's own.
func links(routes []web.Route) (out []web.Link) {
	for _, path := range navigation {
		for _, r := range routes {
			if r.Method == http.MethodGet && r.Path == path {
				out = append(out, web.Link{Key: "nav." + path, Path: path, Permission: r.Permission})
			}
		}
	}
	return out
}
