package browser

import "sync"

// seen is a page and the state that it is in.
type seen struct {
	route  string // or the path, of a server of another process
	status int
	title  string
}

// Once is the pages and states with which something was done.
type Once struct {
	mu   sync.Mutex
	done map[seen]bool
	Runs int // how often it was done
}

// first says whether it was not done before, and is now.
func (o *Once) first(s seen) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.done[s] {
		return false
	}
	if o.done == nil {
		o.done = map[seen]bool{}
	}
	o.done[s] = true
	o.Runs++
	return true
}
