package dev.pychat.ref.client;

import dev.pychat.ref.client.home.HomeException;

/** How the program ends; the numbers are part of its contract with scripts. */
enum ExitCode {
    /** All was done. */
    DONE(0),
    /** Something was not sent, the server could not be reached, or the program failed. */
    NOT_DONE(1),
    /** The command line makes no sense. */
    USAGE(2),
    /** A file can't be read or written. */
    UNREADABLE(4),
    /** The server is not trusted. */
    TRUST_REFUSED(5),
    /** Something in a file of evidence does not hold. */
    NOT_HOLDING(5),
    /** Another client uses the files of the account. */
    BUSY(6),
    /** A file has a format that this version does not know. */
    UNKNOWN_FORMAT(7),
    /** A file is damaged. */
    DAMAGED(8),
    /** Nothing is found in a file of evidence, but something in it is of an identity that the safety number does not cover. */
    HOLDING_IN_PART(9);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(HomeException.Problem problem) {
        return switch (problem) {
            case UNREADABLE -> UNREADABLE;
            case BUSY -> BUSY;
            case UNKNOWN_FORMAT -> UNKNOWN_FORMAT;
            case DAMAGED -> DAMAGED;
        };
    }
}
