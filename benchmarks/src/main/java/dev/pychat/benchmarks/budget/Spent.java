package dev.pychat.benchmarks.budget;

import dev.pychat.benchmarks.load.ThreadTime;
import java.time.Duration;
import java.util.Map;

/**
 * The processor time of a stretch in which a server was busy.
 *
 * @param all what the whole process has spent
 * @param threads what each thread has spent that was there at the end, by its number
 * @param count how much was done
 */
public record Spent(Duration all, Map<Long, ThreadTime> threads, long count) {}
