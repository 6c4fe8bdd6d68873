package dev.pychat.ref.server.control;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Where the socket is. Stateless. */
final class ControlSocket {

    /** What the shortest of the systems' limits leaves, the final zero not counted. */
    static final int MOST_BYTES = 103;

    private ControlSocket() {}

    static Path directory(Path data) {
        return data.resolve("control");
    }

    static Path path(Path data) {
        return directory(data).resolve("socket");
    }

    static boolean fits(Path data) {
        return path(data).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    static UnixDomainSocketAddress address(Path data) {
        return UnixDomainSocketAddress.of(path(data));
    }
}
