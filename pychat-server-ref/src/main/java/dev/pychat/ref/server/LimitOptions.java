package dev.pychat.ref.server;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line may say about limits, a part of {@link Options}. */
@SuppressWarnings("UnusedMethod") // picocli calls the setters
final class LimitOptions {

    private final Map<Setting, String> flags = new EnumMap<>(Setting.class);

    @Option(names = "--limit-connections", paramLabel = "NUMBER", description = "Most connections at a time (20000).")
    private void connections(@Nullable String text) {
        set(Setting.LIMIT_CONNECTIONS, text);
    }

    @Option(
            names = "--limit-address-connections",
            paramLabel = "NUMBER",
            description = "Most connections at a time of one address (1000).")
    private void addressConnections(@Nullable String text) {
        set(Setting.LIMIT_ADDRESS_CONNECTIONS, text);
    }

    @Option(names = "--limit-handshake-seconds", paramLabel = "SECONDS", description = "Longest TLS handshake (10).")
    private void handshakeSeconds(@Nullable String text) {
        set(Setting.LIMIT_HANDSHAKE_SECONDS, text);
    }

    @Option(
            names = "--limit-sign-in-seconds",
            paramLabel = "SECONDS",
            description = "Longest life of a connection that does not log in (30).")
    private void signInSeconds(@Nullable String text) {
        set(Setting.LIMIT_SIGN_IN_SECONDS, text);
    }

    @Option(
            names = "--limit-frame-seconds",
            paramLabel = "SECONDS",
            description = "Longest time from the first byte of a frame to its last (30).")
    private void frameSeconds(@Nullable String text) {
        set(Setting.LIMIT_FRAME_SECONDS, text);
    }

    @Option(
            names = "--limit-frame-bytes",
            paramLabel = "NUMBER",
            description = "Longest frame in a session (1048576); with less, a full vault does not fit.")
    private void frameBytes(@Nullable String text) {
        set(Setting.LIMIT_FRAME_BYTES, text);
    }

    @Option(names = "--limit-header-bytes", paramLabel = "NUMBER", description = "Longest header of a frame (32768).")
    private void headerBytes(@Nullable String text) {
        set(Setting.LIMIT_HEADER_BYTES, text);
    }

    @Option(
            names = "--limit-in-flight",
            paramLabel = "NUMBER",
            description = "Most requests of a connection that wait for their answer (64).")
    private void inFlight(@Nullable String text) {
        set(Setting.LIMIT_IN_FLIGHT, text);
    }

    @Option(
            names = "--limit-queue-bytes",
            paramLabel = "NUMBER",
            description =
                    "Most bytes that wait for a client to read them (4194304); beyond it the client is disconnected.")
    private void queueBytes(@Nullable String text) {
        set(Setting.LIMIT_QUEUE_BYTES, text);
    }

    @Option(
            names = "--limit-log-in-attempts",
            paramLabel = "NUMBER",
            description =
                    "Failed log-ins at an account from an address before the next has to wait, four times as many at any accounts (5).")
    private void logInAttempts(@Nullable String text) {
        set(Setting.LIMIT_LOG_IN_ATTEMPTS, text);
    }

    @Option(
            names = "--limit-sign-ups",
            paramLabel = "NUMBER",
            description = "Accounts made from an address at once, then one in ten seconds (100).")
    private void signUps(@Nullable String text) {
        set(Setting.LIMIT_SIGN_UPS, text);
    }

    @Option(
            names = "--limit-read-threads",
            paramLabel = "NUMBER",
            description =
                    "Threads that read what is asked for, a quarter of them for one address (two for each processor, four at least).")
    private void readThreads(@Nullable String text) {
        set(Setting.LIMIT_READ_THREADS, text);
    }

    @Option(
            names = "--limit-hash-threads",
            paramLabel = "NUMBER",
            description = "Threads that hash login secrets (half of the processors).")
    private void hashThreads(@Nullable String text) {
        set(Setting.LIMIT_HASH_THREADS, text);
    }

    @Option(
            names = "--limit-hash-waiting",
            paramLabel = "NUMBER",
            description = "Log-ins that may wait for such a thread (64).")
    private void hashWaiting(@Nullable String text) {
        set(Setting.LIMIT_HASH_WAITING, text);
    }

    private void set(Setting setting, @Nullable String text) {
        if (text != null) {
            flags.put(setting, text);
        }
    }

    Map<Setting, String> flags() {
        return flags;
    }
}
