package dev.pychat.wire;

/** Which way a type of frame travels. */
public enum Direction {
    /** From a client to a server. */
    TO_SERVER,
    /** From a server to a client. */
    TO_CLIENT
}
