"""The network of test/bench/simulate.go in SimPy, version 3 or later or Debian's 2.3.1: prints the version, the seconds
of processor time that the run took, and the mean wait at each station, in JSON."""
import json, random, sys, time

people, seed = int(sys.argv[1]), int(sys.argv[2])
rng = random.Random(seed)
names, means, servers = ("triage", "nurse", "doctor"), (1.5, 6.0, 8.0), (2, 5, 3)
total, count = [0.0] * 3, [0] * 3


def saw(i, wait):
    total[i] += wait
    count[i] += 1


def path():
    yield 0
    yield 1 if rng.random() < 0.7 else 2


try:
    import simpy

    version = simpy.__version__
    env = simpy.Environment()
    desks = [simpy.Resource(env, capacity=c) for c in servers]

    def person():
        for i in path():
            came = env.now
            with desks[i].request() as turn:
                yield turn
                saw(i, env.now - came)
                yield env.timeout(rng.expovariate(1 / means[i]))

    def door():
        for _ in range(people):
            yield env.timeout(rng.expovariate(1.0))
            env.process(person())

    env.process(door())
    began = time.process_time()
    env.run()
except ImportError:
    import SimPy
    from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

    version = SimPy.__version__
    world = Simulation()
    desks = [Resource(c, sim=world) for c in servers]

    class Person(Process):
        def live(self):
            for i in path():
                came = self.sim.now()
                yield request, self, desks[i]
                saw(i, self.sim.now() - came)
                yield hold, self, rng.expovariate(1 / means[i])
                yield release, self, desks[i]

    class Door(Process):
        def live(self):
            for _ in range(people):
                yield hold, self, rng.expovariate(1.0)
                p = Person(sim=self.sim)
                self.sim.activate(p, p.live())

    door = Door(sim=world)
    world.activate(door, door.live())
    began = time.process_time()
    world.simulate(until=1e18)
seconds = time.process_time() - began
print(json.dumps({"version": version, "seconds": seconds, "waits": {n: t / c for n, t, c in zip(names, total, count)}}))
