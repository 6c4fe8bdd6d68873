package dev.pychat.benchmarks.contender;

/**
 * What one connection is to play.
 *
 * @param user the number of its user, from 0
 * @param peer the number of the user whom it sends to
 * @param role what it is there for
 * @param remembers whether its client resumes the TLS session of the user's last connection that did, too, and keeps its own for the next
 * @param tally where what it sees is counted
 */
public record Part(int user, int peer, Role role, boolean remembers, Tally tally) {

    /** How many bits of a message's number count the messages of one user. */
    private static final int COUNT_BITS = 32;

    long number(long sequence) {
        return (long) user << COUNT_BITS | sequence;
    }
}
