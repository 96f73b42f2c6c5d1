# The network of test/bench/simulate.go in simmer: prints the version, the seconds of processor time that the run took, and the mean wait
# at each station, in JSON.
suppressMessages(library(simmer))
given <- commandArgs(trailingOnly = TRUE)
people <- as.integer(given[1])
set.seed(as.integer(given[2]))
visit <- function(name, mean) trajectory() %>% seize(name) %>% timeout(function() rexp(1, 1 / mean)) %>% release(name)
path <- join(visit("triage", 1.5), trajectory() %>% branch(function() if (runif(1) < 0.7) 1 else 2, continue = c(TRUE, TRUE),
  visit("nurse", 6), visit("doctor", 8)))
env <- simmer() %>% add_resource("triage", 2) %>% add_resource("nurse", 5) %>% add_resource("doctor", 3) %>%
  add_generator("person", path, at(cumsum(rexp(people, 1))))
seconds <- sum(system.time(run(env))[c("user.self", "sys.self")])
seen <- get_mon_arrivals(env, per_resource = TRUE)
wait <- tapply(seen$end_time - seen$start_time - seen$activity_time, seen$resource, mean)
cat(sprintf('{"version":"%s","seconds":%.6f,"waits":{"triage":%.6f,"nurse":%.6f,"doctor":%.6f}}\n',
  packageVersion("simmer"), seconds, wait[["triage"]], wait[["nurse"]], wait[["doctor"]]))
