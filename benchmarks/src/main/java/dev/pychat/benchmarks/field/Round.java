package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.Place;

/**
 * What one scenario with one server needs in one round.
 *
 * @param place where the server runs
 * @param scale how much is measured
 * @param results where the figures go
 */
record Round(Place place, Scale scale, Results results) {}
