package dev.pychat.ref.server;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the command line may say. No secret is among it. */
@Command(
        name = "pychat server",
        description = "Runs a pychat server. It stores and delivers what it can't read.",
        footer = {
            "",
            "Each option can be set in the environment and in the configuration file too: --tls-cert is PYCHAT_TLS_CERT "
                    + "and tls.cert. A flag counts over the environment, that over the file. "
                    + "An unknown variable that begins with PYCHAT_ is an error.",
            "",
            "Exit codes: 0 done, 1 internal failure, 2 usage, 3 address in use, 4 cannot read or write, 6 data directory "
                    + "busy, 7 unknown or newer format, 8 damaged data."
        })
@SuppressWarnings("UnusedMethod") // picocli calls the setters
final class Options {

    private final Map<Setting, String> flags = new EnumMap<>(Setting.class);

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Option(names = "--print-config", description = "Show each setting and where it came from, and end.")
    private boolean printConfig;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text and end.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            description = "Show the version and end.")
    private boolean version;

    @Option(names = "--host", paramLabel = "NAME", description = "Name or address to listen on (localhost).")
    private void host(@Nullable String text) {
        set(Setting.HOST, text);
    }

    @Option(names = "--port", paramLabel = "NUMBER", description = "Port to listen on, 0 for any free one (5050).")
    private void port(@Nullable String text) {
        set(Setting.PORT, text);
    }

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory (pychat-data).")
    private void data(@Nullable String text) {
        set(Setting.DATA, text);
    }

    @Option(
            names = "--store",
            paramLabel = "xodus|sqlite",
            description = "What keeps the data directory (xodus). It stays what it was made with; migrate moves it.")
    private void store(@Nullable String text) {
        set(Setting.STORE, text);
    }

    @Option(
            names = "--durability",
            paramLabel = "disk|os",
            description =
                    "When a message is accepted: on the disk (disk), or in the hands of the operating system, which is faster, "
                            + "and loses the last ones if the power fails.")
    private void durability(@Nullable String text) {
        set(Setting.DURABILITY, text);
    }

    @Option(
            names = "--transport",
            paramLabel = "netty|sockets",
            description =
                    "What carries connections: few threads for all of them (netty), or Java's sockets with a thread for each.")
    private void transport(@Nullable String text) {
        set(Setting.TRANSPORT, text);
    }

    @Option(
            names = "--tls-cert",
            paramLabel = "PEM",
            description = "Certificate chain, the server's own first; else one is made in the data directory.")
    private void tlsCert(@Nullable String text) {
        set(Setting.TLS_CERT, text);
    }

    @Option(names = "--tls-key", paramLabel = "PEM", description = "File with the private key of the certificate.")
    private void tlsKey(@Nullable String text) {
        set(Setting.TLS_KEY, text);
    }

    @Option(
            names = "--tls-client-ca",
            paramLabel = "PEM",
            description =
                    "Take only clients with a certificate that these issuers have signed; else clients need none.")
    private void tlsClientCa(@Nullable String text) {
        set(Setting.TLS_CLIENT_CA, text);
    }

    @Option(names = "--listing", paramLabel = "on|off", description = "Whether users may list the users (on).")
    private void listing(@Nullable String text) {
        set(Setting.LISTING, text);
    }

    @Option(
            names = "--operations-port",
            paramLabel = "off|NUMBER",
            description = "Port of this machine alone for /health, /ready and /metrics over HTTP (off).")
    private void operationsPort(@Nullable String text) {
        set(Setting.OPERATIONS_PORT, text);
    }

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "The log on standard error: lines for people (text), or one JSON object a line for programs.")
    private void logFormat(@Nullable String text) {
        set(Setting.LOG_FORMAT, text);
    }

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file: UTF-8, key = value.")
    private void config(@Nullable String text) {
        set(Setting.CONFIG, text);
    }

    private void set(Setting setting, @Nullable String text) {
        if (text != null) {
            flags.put(setting, text);
        }
    }

    Map<Setting, String> flags() {
        Map<Setting, String> all = new EnumMap<>(flags);
        all.putAll(limits.flags());
        return all;
    }

    boolean printConfig() {
        return printConfig;
    }

    boolean help() {
        return help;
    }

    boolean version() {
        return version;
    }
}
