package staff

// Names of every origin that the NHS has, mixed at will.
var (
	givens = []string{"Aaliyah", "Abigail", "Adaeze", "Aisha", "Alan", "Amara", "Andrew", "Anita", "Asha", "Ben", "Bethan", "Bola", "Callum", "Carys", "Chidi", "Claire",
		"Conor", "Daisy", "Daniel", "Deepa", "Dylan", "Ebony", "Eleanor", "Emeka", "Emma", "Farah", "Fiona", "George", "Grace", "Hana", "Harpreet", "Hassan", "Imani",
		"Isla", "Jack", "Jasmine", "Joan", "Joseph", "Kamal", "Karen", "Kwame", "Laura", "Leo", "Lucy", "Maria", "Mark", "Maya", "Mei", "Mohammed", "Nadia", "Neil",
		"Nia", "Oliver", "Omar", "Paula", "Peter", "Priya", "Rachel", "Ravi", "Rosa", "Ruth", "Samir", "Sarah", "Sean", "Siobhan", "Sofia", "Stephen", "Tariq", "Tom",
		"Uma", "Victoria", "Wei", "Yusuf", "Zainab", "Zoe"}
	families = []string{"Abara", "Adeyemi", "Ahmed", "Ali", "Andrews", "Asante", "Atkins", "Baker", "Banerjee", "Barnes", "Begum", "Bell", "Bennett", "Boateng", "Brook",
		"Carter", "Castle", "Chan", "Chowdhury", "Clarke", "Cole", "Cooper", "Costa", "Cross", "Dale", "Davies", "Desai", "Doyle", "Dunn", "Edwards", "Ellis", "Evans",
		"Farrell", "Fernandes", "Finch", "Fisher", "Foster", "Garcia", "Gill", "Green", "Gupta", "Hall", "Hamid", "Harper", "Hill", "Hughes", "Hussain", "Iqbal", "Jain",
		"James", "Jones", "Joshi", "Kaur", "Kelly", "Khan", "King", "Kowalski", "Lawson", "Lee", "Lim", "Lloyd", "Lowe", "Mahmood", "Marsh", "Mensah", "Mills", "Morgan",
		"Murphy", "Nair", "Ncube", "Nolan", "Novak", "O'Brien", "Okafor", "Osei", "Owen", "Parker", "Patel", "Perera", "Price", "Quinn", "Rahman", "Rees", "Reid",
		"Roberts", "Rossi", "Rowe", "Santos", "Shah", "Sharma", "Silva", "Singh", "Stone", "Tan", "Thomas", "Todd", "Turner", "Vale", "Walsh", "Ward", "Webb", "West",
		"Williams", "Wood", "Wright", "Yates", "Young", "Zhang"}
)

const (
	nursing   = "Nursing and Midwifery Registered"
	clinical  = "Additional Clinical Services"
	scientist = "Healthcare Scientists"
	allied    = "Allied Health Professionals"
	medical   = "Medical and Dental"
	office    = "Administrative and Clerical"
	estates   = "Estates and Ancillary"
	technical = "Add Prof Scientific and Technic"
)

// Hospital is the mix of a large acute trust.
var Hospital = []Trade{
	{Department: "Medicine", Group: nursing, Team: "Ward %d", Lead: "Ward manager", LeadBand: "7", Title: "Staff nurse", Bands: []string{"5", "5", "6"}, Size: 16, Share: 0.29, Patients: true, Nights: true},
	{Department: "Theatres", Group: nursing, Team: "Theatre %d", Lead: "Theatre manager", LeadBand: "7", Title: "Theatre practitioner", Bands: []string{"5", "6"}, Size: 12, Share: 0.03, Patients: true, Nights: true, EPP: true, Critical: true},
	{Department: "Care support", Group: clinical, Team: "Care team %d", Lead: "Care team leader", LeadBand: "4", Title: "Healthcare assistant", Bands: []string{"2", "3"}, Size: 14, Share: 0.21, Patients: true, Nights: true},
	{Department: "Medical staff", Group: medical, Team: "Firm %d", Lead: "Clinical lead", LeadBand: "Consultant", Title: "Doctor", Bands: []string{"FY2", "ST4", "Consultant"}, Size: 12, Share: 0.11, Patients: true, Nights: true, EPP: true, Critical: true},
	{Department: "Therapies", Group: allied, Team: "Therapy team %d", Lead: "Therapy lead", LeadBand: "7", Title: "Therapist", Bands: []string{"5", "6"}, Size: 10, Share: 0.07, Patients: true},
	{Department: "Pathology", Group: scientist, Team: "Laboratory %d", Lead: "Laboratory manager", LeadBand: "7", Title: "Biomedical scientist", Bands: []string{"5", "6"}, Size: 10, Share: 0.03, Nights: true},
	{Department: "Pharmacy", Group: technical, Team: "Pharmacy team %d", Lead: "Pharmacy manager", LeadBand: "8a", Title: "Pharmacist", Bands: []string{"6", "7"}, Size: 10, Share: 0.03},
	{Department: "Administration", Group: office, Team: "Office %d", Lead: "Office manager", LeadBand: "6", Title: "Administrator", Bands: []string{"3", "4"}, Size: 12, Share: 0.16},
	{Department: "Estates and facilities", Group: estates, Team: "Facilities team %d", Lead: "Facilities supervisor", LeadBand: "5", Title: "Porter", Bands: []string{"2", "3"}, Size: 12, Share: 0.07, Nights: true, Alone: true},
}

// Community is the mix of a community trust.
var Community = []Trade{
	{Department: "District nursing", Group: nursing, Team: "District team %d", Lead: "Team lead", LeadBand: "7", Title: "District nurse", Bands: []string{"5", "6"}, Size: 12, Share: 0.45, Patients: true, Drives: true, Alone: true},
	{Department: "Community support", Group: clinical, Team: "Support team %d", Lead: "Team lead", LeadBand: "4", Title: "Support worker", Bands: []string{"3"}, Size: 12, Share: 0.3, Patients: true, Drives: true, Alone: true},
	{Department: "Administration", Group: office, Team: "Office %d", Lead: "Office manager", LeadBand: "6", Title: "Administrator", Bands: []string{"3", "4"}, Size: 10, Share: 0.25},
}

// Ambulance is the mix of an ambulance trust.
var Ambulance = []Trade{
	{Department: "Emergency operations", Group: allied, Team: "Crew %d", Lead: "Team leader", LeadBand: "7", Title: "Paramedic", Bands: []string{"5", "6"}, Size: 14, Share: 0.4, Patients: true, Nights: true, Drives: true, Critical: true},
	{Department: "Emergency support", Group: clinical, Team: "Support crew %d", Lead: "Team leader", LeadBand: "6", Title: "Emergency care assistant", Bands: []string{"3", "4"}, Size: 14, Share: 0.3, Patients: true, Nights: true, Drives: true},
	{Department: "Control rooms", Group: office, Team: "Control team %d", Lead: "Duty manager", LeadBand: "6", Title: "Call handler", Bands: []string{"3", "4"}, Size: 12, Share: 0.2, Nights: true},
	{Department: "Fleet and estates", Group: estates, Team: "Fleet team %d", Lead: "Fleet supervisor", LeadBand: "5", Title: "Vehicle mechanic", Bands: []string{"3", "4"}, Size: 10, Share: 0.1},
}

// Practice is a GP practice: one team.
var Practice = []Trade{
	{Department: "Practice", Group: office, Team: "Practice team", Lead: "Practice manager", LeadBand: "7", Title: "Receptionist", Bands: []string{"3"}, Size: 13, Share: 1, Patients: true},
}

// Service is an OH service: two teams' worth of the professions, an administrator among them, and the lead.
func Service(nurses, physicians, physios, counsellors, admins int) []Special {
	at := func(role, title, band, group string, n int) Special {
		return Special{role, title, band, group, "Staff health", "Staff health team", n}
	}
	return []Special{at("oh_lead", "Head of occupational health", "8c", nursing, 1), at("oh_nurse", "Occupational health nurse", "6", nursing, nurses),
		at("oh_physician", "Occupational physician", "Consultant", medical, physicians), at("oh_physio", "Occupational health physiotherapist", "7", allied, physios),
		at("oh_counsellor", "Staff counsellor", "7", technical, counsellors), at("oh_admin", "Occupational health administrator", "4", office, admins)}
}

// Corporate are the other people with a role: HR advisers, the Caldicott guardian, the wellbeing guardian, an executive, the system administrator, somebody who writes for staff.
func Corporate(hr int) []Special {
	return []Special{{"hr", "HR adviser", "6", office, "Human resources", "HR advice", hr},
		{"caldicott", "Medical director and Caldicott guardian", "Consultant", medical, "Executive", "Executive office", 1},
		{"guardian", "Non-executive director and Health and Wellbeing Guardian", "Non-executive", office, "Executive", "Trust board", 1},
		{"executive", "Chief people officer", "VSM", office, "Executive", "Executive office", 1},
		{"admin", "Digital systems manager", "7", office, "Digital", "Digital systems", 1},
		{"communications", "Communications officer", "6", office, "Communications", "Communications team", 1}}
}
