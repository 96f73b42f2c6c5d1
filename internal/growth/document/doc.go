// Package document keeps files for the other slices of growth: what evidence, a guardian's judgement or an answer of a
// round stands on. It knows nothing of them; they keep a document's id, as they keep a citation's.
//
//   - A file is read once, at most 10 MB. What it is follows from its content, never from its name: PDF, PNG, JPEG, Word
//     (docx), Excel (xlsx), OpenDocument text (odt), and text in UTF-8, CSV among it. Anything else is refused, and so are
//     files with macros or a password. It is given back under a name that ends as its content says.
//
//   - Its fingerprint is the SHA-256 of its bytes. The database computes it again when the row is written, and refuses
//     every later change.
//
//   - Its words are what a search for people can look at: text as it is; of Word, Excel and OpenDocument files the text of
//     every XML part, so headers, comments, sheets and the author's name too. At most 64 MB are unpacked and a million
//     characters kept.
//
//   - Unread says that it holds something else besides: the pages of a PDF, a picture, an embedded object, more words
//     than are kept. Then somebody has to read it, and whoever relies on it has to ask whether they did.
//
//   - Doubt asks whoever lays a file beside a principle or an answer why what looks like a person in it is about nobody;
//     redaction is the search itself, which the evidence room and its audits use too.
//
// A document is handed out as an attachment, and each time that is put down in the audit trail.
package document
