package dev.pychat.benchmarks.contender;

/** What a connection is there for. */
public enum Role {

    /** Logs in, receives, and may send. */
    TALKER,

    /** Logs in and may send; nothing is sent to it. */
    SENDER,

    /** Sees to it that what is sent to its user from now on is kept, then goes. */
    ENROLLER,

    /** Comes back after it was away. It begins to receive what was kept when it is told to {@linkplain Party#fetch fetch}. */
    FETCHER,

    /** Logs in so that it could be reached, and then does nothing. */
    IDLER
}
