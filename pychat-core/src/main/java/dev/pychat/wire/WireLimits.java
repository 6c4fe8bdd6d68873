package dev.pychat.wire;

/**
 * The limits that a server keeps and tells in {@link Welcome}. A server may set them lower than the constants here, never
 * higher; a client that stays within what it was told is never refused for size.
 *
 * <p>Immutable and thread-safe.
 *
 * @param frame the most bytes of a frame after its length field, {@value #BEFORE_LOGIN} to {@value #MAX_FRAME}
 * @param header the most bytes of a header, 1,024 to {@value #MAX_HEADER}
 * @param inFlight how many requests a connection may have unanswered, 1 to 65,536; the server reads no further beyond it
 * @param credit how many messages of one conversation the server pushes beyond the last acknowledged one, 1 to 65,536
 * @param page the most messages of one {@link Message} frame, 1 to {@value #MAX_PAGE}
 * @param parts the most parts of a body, 1 to {@value #MAX_PARTS}
 */
public record WireLimits(int frame, int header, int inFlight, int credit, int page, int parts) {

    /** The most bytes of any frame after its length field: 1 MiB. */
    public static final int MAX_FRAME = 1 << 20;

    /** The most bytes of a frame that a client sends before it is logged in: 64 KiB. */
    public static final int BEFORE_LOGIN = 1 << 16;

    /** The most bytes of a header: 32 KiB. */
    public static final int MAX_HEADER = 1 << 15;

    /** How deep the objects and arrays of a header may be nested, the outermost object counted. */
    public static final int MAX_DEPTH = 4;

    /** The most messages of a page or a push. */
    public static final int MAX_PAGE = 64;

    /** The most bytes that a server puts into the body of one {@link Message} frame, unless a single message is larger. */
    public static final int MAX_PAGE_BYTES = 1 << 19;

    /** The most parts of a body: a page and an epoch header for each message of it. */
    public static final int MAX_PARTS = 2 * MAX_PAGE;

    /** The most names of a {@link UserList}. */
    public static final int MAX_USERS = 250;

    /** The most users that an account may have blocked at once. */
    public static final int MAX_BLOCKS = 1_000;

    /** The most conversations of an {@link InboxPage}. */
    public static final int MAX_INBOX = 64;

    /** The most epoch headers asked for at once. */
    public static final int MAX_EPOCHS = 16;

    /** The most bytes of an epoch header: 32 KiB. */
    public static final int MAX_EPOCH_HEADER = 1 << 15;

    /** The most bytes of a key bundle: 48 KiB. */
    public static final int MAX_BUNDLE = 48 * 1024;

    /** The most bytes of a sealed vault: 960 KiB, so that it fits a frame with its header. */
    public static final int MAX_VAULT = 960 * 1024;

    /** The most bytes of a one-time key: 4 KiB. */
    public static final int MAX_ONE_TIME_KEY = 1 << 12;

    /** The most one-time keys of a {@link PutOneTimeKeys}. */
    public static final int MAX_ONE_TIME_KEYS = 100;

    /** The most one-time keys in the pool of a device. */
    public static final int MAX_POOL = 200;

    /** What a server keeps unless told otherwise. */
    public static final WireLimits DEFAULT = new WireLimits(MAX_FRAME, MAX_HEADER, 64, 256, MAX_PAGE, MAX_PARTS);

    private static final int MANY = 1 << 16;

    static final Shape<WireLimits> SHAPE = Shape.of(WireLimits.class)
            .with(Fields.FRAME, WireLimits::frame)
            .with(Fields.HEADER, WireLimits::header)
            .with(Fields.IN_FLIGHT, WireLimits::inFlight)
            .with(Fields.CREDIT, WireLimits::credit)
            .with(Fields.PAGE, WireLimits::page)
            .with(Fields.PARTS, WireLimits::parts)
            .make(v -> new WireLimits(
                    v.get(Fields.FRAME),
                    v.get(Fields.HEADER),
                    v.get(Fields.IN_FLIGHT),
                    v.get(Fields.CREDIT),
                    v.get(Fields.PAGE),
                    v.get(Fields.PARTS)));

    /**
     * Checks each limit.
     *
     * @param frame the most bytes of a frame after its length field, {@value #BEFORE_LOGIN} to {@value #MAX_FRAME}
     * @param header the most bytes of a header, 1,024 to {@value #MAX_HEADER}
     * @param inFlight how many requests a connection may have unanswered, 1 to 65,536; the server reads no further
     *     beyond it
     * @param credit how many messages of one conversation the server pushes beyond the last acknowledged one, 1 to
     *     65,536
     * @param page the most messages of one {@link Message} frame, 1 to {@value #MAX_PAGE}
     * @param parts the most parts of a body, 1 to {@value #MAX_PARTS}
     * @throws IllegalArgumentException if one is outside its range; the message says which and what is allowed
     */
    public WireLimits {
        require("frame", frame, BEFORE_LOGIN, MAX_FRAME);
        require("header", header, 1024, MAX_HEADER);
        require("inFlight", inFlight, 1, MANY);
        require("credit", credit, 1, MANY);
        require("page", page, 1, MAX_PAGE);
        require("parts", parts, 1, MAX_PARTS);
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "the limit " + name + " is " + value + ", allowed are " + min + " to " + max);
        }
    }
}
