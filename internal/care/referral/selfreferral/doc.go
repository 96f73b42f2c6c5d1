// Package selfreferral is how somebody comes to occupational health by themself, and how they ask for help the
// same day.
//
// A self-referral lives on the clinical side only: the employer's login cannot see that it exists, no message
// goes to anybody at work, and nothing on the employer's pages changes. It opens a case at once, in the
// transaction of the person who asks, and tells the OH team.
//
// "I need help today" raises a P0 task at once, due the same day, on the person's open case or on a new one.
// The task bypasses the queue. Nobody promises an answer out of hours: the page says where help is now.
package selfreferral
