// Package testimony keeps what people said about the service, and where they agreed that it is shown.
//
//	asked --agree--> agreed --(last day)--> lapsed
//	  |                 |
//	  +--say no-------> refused
//	  +-----------------+--withdraw--> withdrawn
//
// Somebody of the service writes the words down, and asks: where they may be shown (inside, on the public site, with partners), until
// when, and under a name, a role or nothing. The giver answers by a link of their own: they agree to the places that they tick, or say
// no. By the same link they take it back at any time. Staff can take it back too; nobody can agree for the giver.
//
// Words that look like a person are held: they are shown nowhere, and not put to the giver, until a second person has looked and
// says why they may stand. An account cannot clear what it wrote, which the database asks for too.
//
// A quote of feedback may become a testimonial as far as its tick says: inside, without a name, and as long as the quote stands. It
// has no words of its own here, so it goes when the quote goes. Nobody knows who wrote it, so nobody is sent a link.
//
// Everything that shows a testimonial asks this slice when it is read: what is withdrawn or over is gone with the next request.
package testimony
