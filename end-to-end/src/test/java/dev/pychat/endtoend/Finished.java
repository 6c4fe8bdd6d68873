package dev.pychat.endtoend;

/**
 * How a process ended and what it said.
 *
 * @param exit its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Finished(int exit, String out, String err) {
    /** Both streams, for the message of a failed test. */
    @Override
    public String toString() {
        return "exit %d%n--- out%n%s%n--- err%n%s".formatted(exit, out, err);
    }
}
