// Package staffcsv reads the staff feed: a CSV file from the human resources
// system with one row for each post, so several for a person who has several.
//
// The heading names the columns, in any order:
//
//	employee_number         eight digits, ESR's for this employer       required
//	assignment_number       the employee number; -2, -3 for more posts  required
//	primary                 Y for one post of each person, N for others required
//	family_name             as on the payslip                           required
//	given_name              empty for people with one name
//	date_of_birth                                                       required
//	work_email, mobile, personal_email
//	job_title                                                           required
//	band, staff_group, site, department, team
//	contracted_hours        a week; 0 for bank staff                    required
//	shift_pattern
//	manager_employee_number eight digits, somebody else
//	start_date                                                          required
//	end_date                empty while the post is held
//	epp, patient_contact, drives, lone_worker, safety_critical          Y or N, hazards of the post
//	sex, ethnic_group, disability                                       what they declared; counted by group, read by nobody
//
// Columns whose cells may be empty, apart from hazards, must still be there: a
// feed that stops sending mobile numbers by mistake should not read as
// "nobody has one". Hazard columns may be left out, and what people declared. Any other column is
// refused, because data that has no use here has no business here.
//
// Dates are 2026-03-07 or 07/03/2026. A row that breaks a rule is rejected
// with the column and the reason in plain words; so are all rows of a person
// whose rows contradict each other, because taking some of a person's posts
// would end the others. WriteRejects gives the rejected rows back with the
// reason beside them, to be corrected and fed again.
package staffcsv
