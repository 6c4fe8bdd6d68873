package dev.pychat.ref.server;

import dev.pychat.server.ServerLimits;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.WireLimits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The limits that an operator can set, each a number with a default and a range. What they mean is said by {@link LimitOptions}. */
enum Limit {
    CONNECTIONS(Setting.LIMIT_CONNECTIONS, 20_000, 1, 10_000_000),
    ADDRESS_CONNECTIONS(Setting.LIMIT_ADDRESS_CONNECTIONS, 1_000, 1, 10_000_000),
    HANDSHAKE_SECONDS(Setting.LIMIT_HANDSHAKE_SECONDS, 10, 1, 3_600),
    SIGN_IN_SECONDS(Setting.LIMIT_SIGN_IN_SECONDS, 30, 1, 3_600),
    FRAME_SECONDS(Setting.LIMIT_FRAME_SECONDS, 30, 1, 3_600),
    FRAME_BYTES(Setting.LIMIT_FRAME_BYTES, WireLimits.MAX_FRAME, WireLimits.BEFORE_LOGIN, WireLimits.MAX_FRAME),
    HEADER_BYTES(Setting.LIMIT_HEADER_BYTES, WireLimits.MAX_HEADER, 1_024, WireLimits.MAX_HEADER),
    IN_FLIGHT(Setting.LIMIT_IN_FLIGHT, 64, 1, 65_536),
    QUEUE_BYTES(Setting.LIMIT_QUEUE_BYTES, 4 << 20, 128 << 10, 1 << 30),
    LOG_IN_ATTEMPTS(Setting.LIMIT_LOG_IN_ATTEMPTS, 5, 1, 1_000),
    SIGN_UPS(Setting.LIMIT_SIGN_UPS, 100, 1, 10_000_000),
    READ_THREADS(Setting.LIMIT_READ_THREADS, ServerLimits.DEFAULT.readThreads(), 1, 1_024),
    HASH_THREADS(Setting.LIMIT_HASH_THREADS, ServerLimits.DEFAULT.hashThreads(), 1, 1_024),
    HASH_WAITING(Setting.LIMIT_HASH_WAITING, 64, 1, 100_000);

    private final Setting setting;
    private final int usual;
    private final int least;
    private final int most;

    Limit(Setting setting, int usual, int least, int most) {
        this.setting = setting;
        this.usual = usual;
        this.least = least;
        this.most = most;
    }

    /** What each is where it is not set, as text. */
    static Map<Setting, String> defaults() {
        Map<Setting, String> defaults = new EnumMap<>(Setting.class);
        for (Limit limit : values()) {
            defaults.put(limit.setting, Integer.toString(limit.usual));
        }
        return defaults;
    }

    /** Those of the transport. */
    static TransportOptions transport(Configuration settings) throws StartException {
        int connections = CONNECTIONS.of(settings);
        int perAddress = ADDRESS_CONNECTIONS.of(settings);
        int queue = QUEUE_BYTES.of(settings);
        Duration handshake = HANDSHAKE_SECONDS.seconds(settings);
        Duration frame = FRAME_SECONDS.seconds(settings);
        return TransportOptions.with(options -> options.maxConnections(connections)
                .maxPerAddress(perAddress)
                .queueBytes(queue)
                .handshakeTimeout(handshake)
                .frameTimeout(frame));
    }

    /** Those of the server. */
    static ServerLimits server(Configuration settings) throws StartException {
        WireLimits usual = WireLimits.DEFAULT;
        WireLimits wire = new WireLimits(
                FRAME_BYTES.of(settings),
                HEADER_BYTES.of(settings),
                IN_FLIGHT.of(settings),
                usual.credit(),
                usual.page(),
                usual.parts());
        return ServerLimits.builder()
                .wire(wire)
                .signInTime(SIGN_IN_SECONDS.seconds(settings))
                .freeAttempts(LOG_IN_ATTEMPTS.of(settings))
                .freeSignUps(SIGN_UPS.of(settings))
                .readThreads(READ_THREADS.of(settings))
                .hashThreads(HASH_THREADS.of(settings))
                .hashWaiting(HASH_WAITING.of(settings))
                .build();
    }

    private int of(Configuration settings) throws StartException {
        return settings.number(setting, least, most);
    }

    private Duration seconds(Configuration settings) throws StartException {
        return Duration.ofSeconds(of(settings));
    }
}
