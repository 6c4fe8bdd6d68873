package dev.pychat.testkit.network;

/** One of the two ways that bytes take through a connection. Immutable and thread-safe. */
public enum Direction {
    /** From who has connected to the server. */
    TO_SERVER,

    /** From the server to who has connected. */
    TO_CLIENT;

    /**
     * The other one.
     *
     * @return the way back
     */
    public Direction opposite() {
        return this == TO_SERVER ? TO_CLIENT : TO_SERVER;
    }
}
