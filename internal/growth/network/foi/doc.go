// Package foi makes tables for freedom-of-information requests, in minutes: a measure over some months, by organisation, by integrated
// care system or by how services are provided.
//
// A table is made from what organisations have released to the nation and from nothing else (growth/network/system): counts that were
// hidden or rounded before they left, of months that are never released anew. So no two extracts can be set against each other to learn
// more than the releases say: each is adding up of the same frozen numbers. An organisation is in a sum only with every month of the
// span, as the hidden ones are the small ones. A group of fewer organisations than a benchmark needs, or of one that makes nearly all of
// it, is put together with the other small groups; where even those are too few they are left out, of the total as well.
//
// Every extract is kept as it was given out, with the definition, its method and who made it (docs/nation.md).
package foi
