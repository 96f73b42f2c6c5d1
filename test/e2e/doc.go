// Package e2e walks through the whole house in a browser, as each person of the main job.
//
// A walk is a test: it opens a [browser.Visitor] for each person, who is signed in or comes by a one-time link, and does
// the task with the words on the screen. The short walks run in every view (desktop and phone, with and without
// JavaScript), as many views side by side as there are processors; the long ones (main, plan, loop) in the narrow view and
// in the wide one without JavaScript, and in every view with ROWAN_WALK or ROWAN_PROVE; the side ways in one. With them each page is gone through by the Tab key too, in the wide view. After the
// last walk the ledger says which routes and refused forms nobody saw, and which pages axe did not look at; one is enough
// to fail a whole run, and there are no exceptions. A run of chosen tests (-run) is not held to it; ROWAN_LEDGER=file has
// any run write down what it sees.
//
//	go test ./test/e2e                          all walks
//	make walk NAME=main                         one walk, with pictures in .rowan/walks/main
package e2e
