// Package post is what is written in a community of practice, and its life: questions and answers, resources, the papers of groups.
//
// A text is searched for what looks like a person (community/screen) before it is sent. Where nothing is found it is published at once.
// Else its writer is told what was found and changes it, or sends it all the same: then it is held, and nobody reads it but its writer and
// the moderators. A moderator publishes it, or returns it with a reason; nobody decides on their own. What is published may be recalled
// with a reason: the words are deleted, and a notice with the day and the reason stays. Its writer may withdraw a text at any time.
//
// The table holds most of this by itself: a marked text is published only when somebody else has cleared it, and what is recalled or
// withdrawn has no words left.
package post
