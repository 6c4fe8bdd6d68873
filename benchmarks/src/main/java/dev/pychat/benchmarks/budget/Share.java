package dev.pychat.benchmarks.budget;

import java.util.List;

/** A part of the reference server that processor time goes to. */
public enum Share {

    /** Sealing and opening TLS records. */
    TLS("io.netty.handler.ssl.", "io.netty.internal.tcnative.", "sun.security.ssl.", "javax.net.ssl."),

    /** Reading and writing sockets and waiting for them, in the kernel and in Netty. */
    SOCKETS("io.netty.channel.", "io.netty.handler."),

    /** Making frames from bytes, and bytes from frames. */
    CODEC("dev.pychat.wire.", "dev.pychat.transport."),

    /** What is done about a frame. */
    ENGINE("dev.pychat.server.", "dev.pychat.ref.", "dev.pychat.bus."),

    /** Gathering what is to be stored, and storing and reading it. */
    STORE("dev.pychat.server.Committer", "dev.pychat.store.", "dev.pychat.ref.server.store.", "jetbrains.exodus."),

    /** Collecting garbage and compiling. */
    JVM,

    /** What no sample tells. */
    OTHER;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> names;

    /** How the names of its classes begin. */
    Share(String... names) {
        this.names = List.of(names);
    }

    /**
     * Whose work a thread does. Classes that serve all parts, such as Netty's buffers and the JDK's, work for the one that called them.
     *
     * @param stack the names of the classes on its stack, the one that runs first
     * @return the first part that one of them belongs to; {@link #OTHER} if there is none
     */
    static Share of(List<String> stack) {
        return stack.stream()
                .map(Share::owner)
                .filter(share -> share != OTHER)
                .findFirst()
                .orElse(OTHER);
    }

    /** The part with the longest beginning of that name. */
    private static Share owner(String type) {
        Share owner = OTHER;
        int longest = 0;
        for (Share share : values()) {
            for (String name : share.names) {
                if (name.length() > longest && type.startsWith(name)) {
                    owner = share;
                    longest = name.length();
                }
            }
        }
        return owner;
    }
}
