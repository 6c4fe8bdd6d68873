package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.testkit.Needs;

/**
 * A disk that has room for a part of a write only, as a limit on the size of files makes it: the soft limit of this JVM, which
 * turns what signal there would be into a failure of the write. It concerns the whole process, so one test at a time.
 */
public final class FileLimit {

    private FileLimit() {}

    /** Skips the test where there is no {@code prlimit}, or fails it where {@code CI=true}. */
    public static void require() {
        Needs.program("prlimit", "apt-get install util-linux");
    }

    /**
     * Lets no file grow beyond a size.
     *
     * @param bytes the size
     * @throws Exception if that can't be said
     */
    public static void set(long bytes) throws Exception {
        limit(Long.toString(bytes));
    }

    /**
     * Gives room again.
     *
     * @throws Exception if that can't be said
     */
    public static void end() throws Exception {
        limit("unlimited");
    }

    private static void limit(String bytes) throws Exception {
        Process limited = new ProcessBuilder(
                        "prlimit",
                        "--pid",
                        Long.toString(ProcessHandle.current().pid()),
                        "--fsize=" + bytes + ":")
                .start();
        assertThat(limited.waitFor()).isZero();
    }
}
