package dev.pychat.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Takes the address on which a server listens, or says why it can't be had. Java tells one reason from another only in the words of
 * the operating system, which differ from system to system and from language to language, so what else can be had on the same
 * address decides.
 *
 * <p>Stateless; safe for every thread.
 */
final class Binding {

    private static final int BACKLOG = 1024;
    private static final int FIRST_FREE_TO_ALL = 1024;
    private static final int TRIED = 16;

    private Binding() {}

    static ServerSocket of(InetSocketAddress address) throws TransportException {
        if (address.isUnresolved()) {
            throw failure(
                    TransportException.Kind.UNKNOWN_HOST,
                    address,
                    "the name " + address.getHostString() + " has no address",
                    null);
        }
        try {
            return bound(address);
        } catch (BindException e) {
            throw explained(address, e);
        } catch (IOException e) {
            throw failure(TransportException.Kind.FAILED, address, String.valueOf(e.getMessage()), e);
        }
    }

    /** Why somebody else could not listen there, who got no better answer than {@code cause} from the system. */
    static TransportException refusal(InetSocketAddress address, Exception cause) {
        try {
            of(address).close();
        } catch (TransportException e) {
            return e;
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return failure(TransportException.Kind.FAILED, address, String.valueOf(cause.getMessage()), cause);
    }

    private static ServerSocket bound(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static TransportException explained(InetSocketAddress address, BindException e) {
        if (!canBeHad(address.getAddress(), 0)) {
            return failure(
                    TransportException.Kind.FAILED,
                    address,
                    "no network interface of this machine has the address "
                            + address.getAddress().getHostAddress(),
                    e);
        }
        if (!isPermitted(address)) {
            return failure(
                    TransportException.Kind.FAILED,
                    address,
                    "this user may not listen on a port below " + FIRST_FREE_TO_ALL,
                    e);
        }
        return failure(TransportException.Kind.ADDRESS_IN_USE, address, "another program uses this port", e);
    }

    /** Whoever may have a port may have those above it, too; so a lower one speaks for it. */
    private static boolean isPermitted(InetSocketAddress address) {
        boolean permitted = address.getPort() >= FIRST_FREE_TO_ALL;
        for (int lower = address.getPort() - 1;
                !permitted && lower > 0 && lower >= address.getPort() - TRIED;
                lower--) {
            permitted = canBeHad(address.getAddress(), lower);
        }
        return permitted;
    }

    /** Takes a port for a moment, and does not listen on it. */
    private static boolean canBeHad(InetAddress address, int port) {
        try (Socket probe = new Socket()) {
            probe.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static TransportException failure(
            TransportException.Kind kind, InetSocketAddress address, String why, @Nullable Exception cause) {
        String host = address.getHostString();
        String shown = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
        String message = "cannot listen on " + shown + ": " + why;
        return cause == null ? new TransportException(kind, message) : new TransportException(kind, message, cause);
    }
}
