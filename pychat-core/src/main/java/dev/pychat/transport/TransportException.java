package dev.pychat.transport;

import dev.pychat.model.PychatException;
import java.net.InetSocketAddress;

/** A connection or a listener that could not be made. Its message is a sentence that a person can be shown. */
public class TransportException extends PychatException {

    private static final long serialVersionUID = 1L;

    /** The sorts of failures. */
    public enum Kind {
        /** The host's name has no address. */
        UNKNOWN_HOST,
        /** Nothing listens there. */
        REFUSED,
        /** It took too long. */
        TIMED_OUT,
        /** What answers there does not speak TLS 1.3. */
        NOT_TLS,
        /** What answers there speaks TLS, but not this protocol. */
        NOT_PYCHAT,
        /** The server is not trusted: {@link TrustRefusedException}. */
        TRUST_REFUSED,
        /** The address to listen on is in use. */
        ADDRESS_IN_USE,
        /** The end is closed. */
        CLOSED,
        /** Anything else of the network. */
        FAILED
    }

    /** What sort of failure. */
    private final Kind kind;

    /**
     * Makes one.
     *
     * @param kind the sort of failure
     * @param message a sentence for a person
     */
    public TransportException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * Makes one with a cause.
     *
     * @param kind the sort of failure
     * @param message a sentence for a person
     * @param cause what caused it
     */
    public TransportException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * Says why an address can't be listened on, for a transport that got no clear answer: systems tell one reason from another only
     * in words of their own, so it is found out by trying what else can be had.
     *
     * @param address where somebody wanted to listen
     * @param cause what the system said
     * @return the failure, as every transport tells it
     */
    public static TransportException cannotListen(InetSocketAddress address, Exception cause) {
        return Binding.refusal(address, cause);
    }

    /**
     * The sort of failure.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }
}
