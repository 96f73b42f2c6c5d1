// Package network simulates people who pass through stations with queues and servers: any network of G/G/c queues
// with classes of people, priorities, patience, balking and probabilistic routes, feedback included.
//
// # What happens
//
// People of a class arrive (a Poisson process, any other times between arrivals, a rate for each day, or given times),
// start at a station, and after each service go where the routes of their class from there say; what the probabilities
// leave over leaves. A station serves the most urgent first (the lowest priority number), within a priority who has
// waited longest, and never interrupts a service. Whoever finds the queue at a station's balking length leaves at once,
// with the probability given. Whoever loses patience before service begins leaves.
//
// # How
//
// A Spec is compiled into flat arrays: a cell for each station and class, numbered station x classes + class. Events
// are 16 bytes in a heap of values; people are 32 bytes in an arena whose places are used again, so memory follows how
// many are inside, never how long the run is. The queues are lists through the arena. Integrals over time are not
// gathered at each change: a wait or a service adds its own length when it ends, and what is unfinished is put right
// at the two ends of the measured time.
//
// # Bounds
//
// See the Most constants. A network from which people cannot get out, or go round more than MostVisits times on
// average, is refused; one that fills up with more than MostInside people ends with an error that names the fullest
// station. One where more arrive at a station than it can serve gets a
// warning. The horizon includes the warm-up; either may be in people who left or in weeks.
package network
