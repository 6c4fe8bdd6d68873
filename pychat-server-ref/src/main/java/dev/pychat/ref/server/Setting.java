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
    /** The certificate chain, a PEM file. */
    TLS_CERT("tls.cert"),
    /** The key of the certificate, a PEM file. */
    TLS_KEY("tls.key"),
    /** The issuers of certificates that clients must have, a PEM file; unless set, clients need none. */
    TLS_CLIENT_CA("tls.client.ca"),
    /** Whether the user names are listed to users. */
    LISTING("listing"),
    /** The port of this machine that shows health and metrics, or off. */
    OPERATIONS_PORT("operations.port");

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
