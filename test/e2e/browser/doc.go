// Package browser walks through pages as a person does: in an installed Chromium, by what the page says and not by how
// it is built. Links, buttons and fields are found by their words, so a walk reads like a task and breaks when a label
// goes missing, which is a defect for the person too.
//
// Every page that a walk arrives at is looked at:
//
//   - axe finds no violation of WCAG 2.0 to 2.2, levels A and AA: once for each page and state, in the narrow view. It
//     is evaluated through the debugging protocol and not as a script of the page, so the real content security policy
//     stays on;
//   - the console is silent: no exception, no refused script, style or request, nothing that breaks the policy;
//   - nothing is wider than the window, at 320 pixels as at 1,280;
//   - each chart has a sentence and its data as a table;
//   - it has a title, a language and one h1; a refused form says so in its title.
//
// A [View] is a window with or without JavaScript. Without it axe does not run (it is a script): that view shows that
// the task can be done.
package browser
