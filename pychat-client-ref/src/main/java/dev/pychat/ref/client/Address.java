package dev.pychat.ref.client;

/**
 * Where a server listens.
 *
 * <p>Immutable and thread-safe.
 *
 * @param host its name, or its address (an IPv6 address without brackets)
 * @param port its port
 */
record Address(String host, int port) {
    private static final int DEFAULT_PORT = 5050;
    private static final int LAST_PORT = 65_535;

    /** Reads {@code HOST}, {@code HOST:PORT}, {@code [IPV6]} or {@code [IPV6]:PORT}. */
    static Address parse(String text) {
        boolean bracketed = text.startsWith("[");
        int hostEnd = bracketed ? text.indexOf(']') + 1 : hostEnd(text);
        String host = bracketed && hostEnd > 0 ? text.substring(1, hostEnd - 1) : text.substring(0, hostEnd);
        String rest = text.substring(hostEnd);
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw wrong(text);
        }
        if (rest.isEmpty()) {
            return new Address(host, DEFAULT_PORT);
        }
        if (!rest.matches(":[0-9]{1,5}")) {
            throw wrong(text);
        }
        int port = Integer.parseInt(rest.substring(1));
        if (port < 1 || port > LAST_PORT) {
            throw wrong(text);
        }
        return new Address(host, port);
    }

    private static int hostEnd(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text.length() : colon;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("\"" + text
                + "\" is no server: allowed are HOST:PORT and [IPV6]:PORT, with a port of 1 to " + LAST_PORT);
    }

    /** As in {@code localhost:5050}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
