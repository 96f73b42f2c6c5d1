package main

import (
	"bytes"
	"fmt"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/person"
)

const staff = 10000

// feed imports 10,000 people, then the same file again, which changes nothing.
func feed(b *bed) error {
	var csv bytes.Buffer
	csv.WriteString("employee_number,assignment_number,primary,family_name,given_name,date_of_birth,work_email,mobile,personal_email,job_title,band,staff_group,site,department,team,contracted_hours,shift_pattern,manager_employee_number,start_date,end_date\n")
	for i := range staff {
		number := 30000001 + i
		manager := ""
		if i%20 != 0 {
			manager = fmt.Sprint(30000001 + i - i%20)
		}
		fmt.Fprintf(&csv, "%d,%d,Y,Family%d,Given%d,07/03/1984,p%d@example.org,07700900111,,Staff nurse,Band 5,Nursing and Midwifery Registered,Main site,Medicine,Ward %d,37.5,days,%s,01/04/2020,\n",
			number, number, i, i%500, i, i/20, manager)
	}
	s := person.New(person.Deps{DB: b.db})
	actor := b.w.ForeignManager.As(access.HR, access.Employer)
	for _, pass := range []string{"staff feed of 10,000 people, first time", "the same file again"} {
		start := time.Now()
		report, err := s.Import(b.ctx, actor, time.Now(), bytes.NewReader(csv.Bytes()), false)
		if err != nil {
			return err
		}
		if n := len(report.Rejects()); n > 0 {
			return fmt.Errorf("%d rows refused: %+v", n, report.Rejects()[0])
		}
		took := time.Since(start)
		line(pass, fmt.Sprintf("%v (%.0f people a second)", took.Round(time.Millisecond), staff/took.Seconds()))
	}
	return nil
}
