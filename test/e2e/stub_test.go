package e2e
func (j *journey) answer() {}
func (j *journey) triage() {}
func (j *journey) book() {}
func (j *journey) see() {}
func (j *journey) report() {}
func (j *journey) decide() {}
func (j *journey) receive() {}
func (j *journey) feedback() {}
func (j *journey) figures() {}
func (j *journey) guard() {}
func (j *journey) alone() {}
