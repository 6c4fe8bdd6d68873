package dev.pychat.wire;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a server refuses. The set is closed for a version of the protocol; the codes are stable. Each has a remedy: what a
 * client does about it.
 *
 * <p>Immutable and thread-safe.
 */
public enum ErrorCode {

    /** The bytes are no frame of this protocol; the connection is closed. */
    MALFORMED_FRAME(
            "malformed_frame",
            "Mend the program: the text names the field, what was given and what is allowed. Connect anew."),

    /** No version of the protocol is common to both sides; the connection is closed. */
    UNSUPPORTED_VERSION(
            "unsupported_version", "Use a client and a server that share a version; the text names the server's."),

    /** The type of frame is not known to this server, or reserved; the connection lives. */
    UNSUPPORTED("unsupported", "Do without it, or use a newer server."),

    /** The first frame was not hello, or hello came twice; the connection is closed. */
    HELLO_REQUIRED("hello_required", "Send hello once, first."),

    /** The request needs a session; the connection lives. */
    LOGIN_REQUIRED("login_required", "Sign up, log in or resume first."),

    /** The connection has a session already. */
    ALREADY_LOGGED_IN("already_logged_in", "Use another connection for another account."),

    /** The frame is well-formed, but a value is not acceptable here; the text says which and why. */
    INVALID("invalid", "Correct the value."),

    /** The user name belongs to somebody else, or looks like one that does. */
    NAME_TAKEN("name_taken", "Choose another name."),

    /** User name and login secret do not go together, or there is no such user; the two are not told apart. */
    BAD_CREDENTIALS("bad_credentials", "Ask for the name and the passphrase again."),

    /** The resume token is not valid, no longer or never was. */
    BAD_TOKEN("bad_token", "Log in with the passphrase."),

    /** This server does not list its users. */
    LISTING_OFF("listing_off", "Use names that you know."),

    /** There is no user of that name. */
    UNKNOWN_USER("unknown_user", "Check the name."),

    /** The user has not published a key bundle yet. */
    NO_BUNDLE("no_bundle", "Keep a draft, and ask again later."),

    /** The bundle does not follow the stored one, whose serial is told. */
    SERIAL_CONFLICT("serial_conflict", "Fetch the own bundle, decide, and publish under the next serial."),

    /** The vault does not follow the stored one, whose version is told; nothing happened. */
    VAULT_CONFLICT("vault_conflict", "Fetch the vault, merge, and put the result under a higher version."),

    /** The name is not the SHA-256 of the epoch header; nothing was stored. */
    EPOCH_MISMATCH("epoch_mismatch", "Mend the program."),

    /** The server does not hold the epoch header that the message names; nothing was stored. */
    UNKNOWN_EPOCH("unknown_epoch", "Send put-epoch again, then every unanswered submit of the conversation in order."),

    /** The hash is not the SHA-256 of the envelope; nothing was stored. */
    HASH_MISMATCH("hash_mismatch", "Mend the program."),

    /**
     * The message does not follow the last stored one of its lane; nothing was stored. The last id and its
     * position are told.
     */
    OUT_OF_SEQUENCE("out_of_sequence", "Read to the head, then continue behind that id or seal anew."),

    /** The server no longer keeps the lane, so it can't tell what follows; nothing was stored. */
    UNKNOWN_LANE("unknown_lane", "Read to the head, then seal anew on a new lane."),

    /** Another message is stored under this id, at the position told; nothing was stored. */
    CONFLICT("conflict", "Read to the head, then seal anew under a new id."),

    /** Too many messages lie between seen and the head, which is told; nothing was stored. */
    READ_FIRST("read_first", "Read to the head, raise seen, submit again."),

    /** A conversation has two different users. */
    SELF_CONVERSATION("self_conversation", "Choose another user."),

    /** The other user does not take messages from this account; nothing was stored. */
    BLOCKED("blocked", "Tell the person."),

    /** The server has too much to do, or this account or address asks too often; nothing happened. */
    BUSY("busy", "Send the same bytes again after retryAfter milliseconds."),

    /** The store failed; whether the request took effect is unknown. */
    STORAGE_UNAVAILABLE("storage_unavailable", "Send the same bytes again later; every request is safe to repeat."),

    /** A frame was begun and not finished, or no session was made in time; the connection is closed. */
    TIMED_OUT("timed_out", "Connect anew."),

    /**
     * Too much waits for this connection to be read; the connection is closed. Servers of this version close without saying so,
     * since the word would wait behind what is not read.
     */
    SLOW_READER("slow_reader", "Connect anew and read from where you stopped."),

    /** The server is stopping. */
    SHUTTING_DOWN("shutting_down", "Connect anew after a while."),

    /** The server failed in a way that it did not foresee; whether the request took effect is unknown. */
    INTERNAL("internal", "Send the same bytes again once; then tell whoever runs the server.");

    private static final Map<String, ErrorCode> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ErrorCode::code, Function.identity()));

    private final String code;
    private final String remedy;

    ErrorCode(String code, String remedy) {
        this.code = code;
        this.remedy = remedy;
    }

    /**
     * The code as it travels.
     *
     * @return lower-case letters and underscores, stable
     */
    public String code() {
        return code;
    }

    /**
     * What a client does about it.
     *
     * @return one or two sentences
     */
    public String remedy() {
        return remedy;
    }

    /**
     * Reads a code.
     *
     * @param code the code as it travels
     * @return its constant; {@link #INTERNAL} for a code that this version does not know
     */
    public static ErrorCode of(String code) {
        return BY_CODE.getOrDefault(code, INTERNAL);
    }
}
