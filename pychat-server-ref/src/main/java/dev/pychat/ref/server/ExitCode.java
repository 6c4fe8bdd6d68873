package dev.pychat.ref.server;

import java.util.Arrays;

/** With what the program ends; the same numbers in all programs of pychat. */
enum ExitCode {
    /** It did what it was asked. */
    DONE(0),
    /** It failed in a way that it did not foresee. */
    INTERNAL(1),
    /** The command line, the environment or the configuration file is wrong. */
    USAGE(2),
    /** Another program listens on the address. */
    ADDRESS_IN_USE(3),
    /** A file or directory cannot be read or written. */
    CANNOT_READ_OR_WRITE(4),
    /** Another server holds the data directory. */
    DATA_BUSY(6),
    /** The data directory has a format that this version does not know, or the other store's. */
    UNKNOWN_FORMAT(7),
    /** The data directory is damaged. */
    DAMAGED(8);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The code with a number; {@link #INTERNAL} for one that has none. */
    static ExitCode of(int number) {
        return Arrays.stream(values())
                .filter(code -> code.number == number)
                .findFirst()
                .orElse(INTERNAL);
    }
}
