package dev.pychat.transport.netty;

/** The keys under which a server lets its clients keep their sessions, so that they come back without a new handshake. */
@FunctionalInterface
interface Tickets {

    /** The JDK sees to its own. */
    Tickets OF_THE_JDK = () -> {};

    /** Exchanges a key that has been used for long enough. */
    void renewIfDue();
}
