package dev.pychat.examples.demo;

/** Whose screen. */
enum Side {
    /** The screen on the left. */
    ALICE("alice"),
    /** The screen on the right. */
    BOB("bob");

    private final String user;

    Side(String user) {
        this.user = user;
    }

    /** The user name. */
    String user() {
        return user;
    }

    @Override
    public String toString() {
        return user;
    }
}
