// Package release is what leaves an organisation for its integrated care system (ICS): figures after disclosure control, in a file
// that is signed. It is values and rules alone; who may share what is decided in sharing, and what an ICS does with it in system.
//
// A figure is of a metric (content/packs/sharing.yaml), a month and a version of its definition. A share is two counts made by
// disclosure.Split: 1 to 7 hidden (1 to 9 and nought of special topics), the rest rounded to 5, and no side of a share shown while the
// other is small. Check holds a release to that, whoever made it: a file of another installation with an unrounded count in it is
// refused, as a mistake there would otherwise become one here.
//
// The file is an envelope after DSSE (Dead Simple Signing Envelope): the JSON of the release as bytes, and an Ed25519 signature over
// these bytes and their type, so that nothing has to be put in order before it is checked. docs/network.md says each field. Whoever
// receives it knows the fingerprint of the key from elsewhere, by telephone for example; the key itself is in the file.
package release
