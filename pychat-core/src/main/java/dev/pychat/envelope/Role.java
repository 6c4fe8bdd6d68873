package dev.pychat.envelope;

/** For which side of an epoch a wrap is. Immutable. */
enum Role {
    /** The side that receives the epoch's messages. */
    RECIPIENT(1),
    /** The sender's own account. */
    SELF(2);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Role of(int code) {
        return code == SELF.code ? SELF : RECIPIENT;
    }
}
