// Package campaign is how an OH service makes itself known: campaigns to staff, and talks about working in occupational health.
//
// A campaign says for whom it is, what it says, where its material is, from when until when, on which reason for referral it should
// tell, and whether more or fewer referrals for that reason are hoped for. Reason and hope are said before it starts and stay
// afterwards: one that is written down later says so. Reach is counted by channel and day, in numbers; who was reached is nobody's
// to write down.
//
// The effect is judged as every effect of the house is (calc/effect): had nothing changed, how far could the mean of the months
// from the start on lie from the mean before? The months are those of the whole service, after disclosure control: a reason for
// referral is a special topic, so a month under 10 is hidden, and where any month is hidden nothing is judged. What is judged is the
// rounded numbers that the page shows, so the judgement gives nothing more away. A campaign of six weeks is judged after half a year.
//
// Months hold self-referrals too, which the employer never sees in any count. So the effect is for the OH team; communications, who
// are the employer's, keep the campaign and its reach.
//
// A talk has listeners, and afterwards the enquiries that followed, in numbers: nobody is named.
package campaign
