package dev.pychat.ref.server;

import java.util.Locale;

/**
 * What can be set, each by flag, by environment variable and in the configuration file, under names that follow from one
 * another: {@code --tls-cert}, {@code PYCHAT_TLS_CERT}, {@code tls.cert}. No secret is among them.
 */
enum Setting {
    /** Where the file with the others is; it can't stand in the file itself. */
    CONFIG("config"),
    /** The name or address to listen on. */
    HOST("host"),
    /** The port to listen on. */
    PORT("port"),
    /** The data directory. */
    DATA("data"),
    /** The kind of stores in the data directory. */
    STORE("store"),
    /** When a message counts as kept. */
    DURABILITY("durability"),
    /** The certificate chain, a PEM file. */
    TLS_CERT("tls.cert"),
    /** The key of the certificate, a PEM file. */
    TLS_KEY("tls.key"),
    /** The issuers of certificates that clients must have, a PEM file; unless set, clients need none. */
    TLS_CLIENT_CA("tls.client.ca"),
    /** What carries the connections of clients. */
    TRANSPORT("transport"),
    /** Whether the user names are listed to users. */
    LISTING("listing"),
    /** The port of this machine that shows health and metrics, or off. */
    OPERATIONS_PORT("operations.port"),
    /** How the log is written. */
    LOG_FORMAT("log.format"),
    /** The connections at a time. */
    LIMIT_CONNECTIONS("limit.connections"),
    /** The connections at a time of one address. */
    LIMIT_ADDRESS_CONNECTIONS("limit.address.connections"),
    /** How long a TLS handshake may take. */
    LIMIT_HANDSHAKE_SECONDS("limit.handshake.seconds"),
    /** How long a connection may live without a session. */
    LIMIT_SIGN_IN_SECONDS("limit.sign.in.seconds"),
    /** How long a frame may take from its first byte to its last. */
    LIMIT_FRAME_SECONDS("limit.frame.seconds"),
    /** The length of a frame. */
    LIMIT_FRAME_BYTES("limit.frame.bytes"),
    /** The length of the header of a frame. */
    LIMIT_HEADER_BYTES("limit.header.bytes"),
    /** The unanswered requests of a connection. */
    LIMIT_IN_FLIGHT("limit.in.flight"),
    /** The bytes that wait for one client to read them. */
    LIMIT_QUEUE_BYTES("limit.queue.bytes"),
    /** The failed log-ins before the next has to wait. */
    LIMIT_LOG_IN_ATTEMPTS("limit.log.in.attempts"),
    /** The accounts that one address may make at once. */
    LIMIT_SIGN_UPS("limit.sign.ups"),
    /** The threads that do what is asked of the stores. */
    LIMIT_READ_THREADS("limit.read.threads"),
    /** The threads that hash login secrets. */
    LIMIT_HASH_THREADS("limit.hash.threads"),
    /** The log-ins that wait for such a thread. */
    LIMIT_HASH_WAITING("limit.hash.waiting");

    /** With what the names of its variables begin; the program takes no others that do. */
    static final String VARIABLES = "PYCHAT_";

    private final String key;

    Setting(String key) {
        this.key = key;
    }

    /** Its name in the configuration file. */
    String key() {
        return key;
    }

    String flag() {
        return "--" + key.replace('.', '-');
    }

    String variable() {
        return VARIABLES + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
