package sealed

// Column is a sealed column. Its table is led by service_id, the tenant of the cell, and its rows are told apart by id.
type Column struct {
	Table, Name string
	Class       string // data class, as in database/dataclass.yaml
}

// The sealed columns.
var (
	OHComment           = Column{"oh_comment", "text", "D4"}
	SelfReferral        = Column{"self_referral", "text", "D4"}
	TriageRationale     = Column{"triage", "rationale", "D4"}
	StepWhy             = Column{"case_step", "why", "D4"}
	NoteBody            = Column{"note", "body", "D5"}
	NoteFindings        = Column{"note", "findings", "D5"}
	NoteWithheld        = Column{"note", "withheld_reason", "D4"}
	NoteWithheldWhy     = Column{"note", "withheld_why", "D4"}
	DisclosureStatement = Column{"disclosure", "statement", "D4"}
	DisclosureRationale = Column{"disclosure", "rationale", "D4"}
	DisclosureNotTold   = Column{"disclosure", "not_told_reason", "D4"}
	CPDWhat             = Column{"practice_reflection", "what", "D4"}
	CPDReflection       = Column{"practice_reflection", "text", "D4"}

	// of a professional's own development plan
	DevelopmentGoal      = Column{"development_goal", "words", "D4"}
	DevelopmentReview    = Column{"development_review", "words", "D4"}
	DevelopmentQuestions = Column{"development_feedback", "questions", "D4"}
	DevelopmentAnswers   = Column{"development_feedback", "answers", "D4"}

	// of somebody's own wellbeing plan
	WellbeingPlan = Column{"wellbeing_plan", "words", "D4"}

	// of somebody's own passport of what helps them at work
	PassportNote = Column{"passport_note", "words", "D4"}

	// of a mentorship: what the two want to reach, and what each writes for themselves
	MentoringGoal = Column{"mentoring_goal", "words", "D4"}
	MentoringLog  = Column{"mentoring_log", "words", "D4"}
)

// Columns lists them all.
var Columns = []Column{OHComment, SelfReferral, TriageRationale, StepWhy, NoteBody, NoteFindings, NoteWithheld, NoteWithheldWhy,
	DisclosureStatement, DisclosureRationale, DisclosureNotTold, CPDWhat, CPDReflection,
	DevelopmentGoal, DevelopmentReview, DevelopmentQuestions, DevelopmentAnswers, WellbeingPlan, PassportNote,
	MentoringGoal, MentoringLog}
