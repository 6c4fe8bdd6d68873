package dev.pychat.client;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.store.ClientStores;
import dev.pychat.transport.ClientTransport;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * How a client works. Costs and the source of keys are settable in code only, so that tests are quick.
 *
 * <p>Immutable and thread-safe.
 *
 * @param transport the way to the server
 * @param stores where this device keeps what it keeps; the client never closes them
 * @param clock tells the present time
 * @param random the source of all randomness
 * @param passwordCost what a passphrase costs at sign-up; where it is below {@link PasswordCost#RECOMMENDED}, it is the floor
 *     that the server's word is held against, too
 * @param passwordCeiling the most memory and passes that a device takes on the server's word for a passphrase whose cost it does not
 *     know; {@value #CEILING_MEMORY_KIB} KiB and {@value #CEILING_ITERATIONS} passes by default, and never below {@code passwordCost}
 * @param keySource where new wrapping keys come from
 * @param callbackExecutor where listeners run, and they alone: a {@link Receipt} does not need it; the client never closes it. The
 *     default is one virtual thread for each call where the JVM has them, else a pool that all clients of the process share, which takes one
 *     thread more whenever a call has waited for 50 ms: a listener that blocks holds up its own conversation, and no other
 * @param requestTimeout how long an answer of the server is waited for, 1 ms to 1 hour
 * @param firstRetry how long to wait before the first attempt to connect again, 1 ms to 1 hour; each further wait is twice as long,
 *     and each is shortened at random by up to half; a connection that stands begins anew
 * @param longestRetry the longest such wait, not below {@code firstRetry}
 * @param pingAfter when nothing was heard from the server, or said to it, for so long, a ping goes out, {@value #LEAST_PING_MILLIS} ms to 5
 *     minutes; where nothing is heard for {@code requestTimeout} beyond that, the connection is given up and made anew. So one that is half
 *     open is noticed within 1.25 × {@code pingAfter} + {@code requestTimeout}, 55 seconds by default (PROTOCOL.md, section 4); the state
 *     says so when it is closed, at most {@link dev.pychat.transport.TransportOptions#linger} later
 * @param receiptDelay how long receipts wait for a message to go along with before they are sent alone, each time shortened at random by up to
 *     half, 10 ms to 1 hour; zero for never alone ({@link Receipts})
 * @param keyRotation how old a wrapping key may become before another takes its place, 1 hour to 365 days
 * @param agent the name and version of the program, told to the server; at most 64 printable ASCII characters
 */
public record ClientOptions(
        ClientTransport transport,
        ClientStores stores,
        Clock clock,
        SecureRandom random,
        PasswordCost passwordCost,
        PasswordCost passwordCeiling,
        RsaKeySource keySource,
        Executor callbackExecutor,
        Duration requestTimeout,
        Duration firstRetry,
        Duration longestRetry,
        Duration pingAfter,
        Duration receiptDelay,
        Duration keyRotation,
        String agent) {

    /** The memory of the default ceiling, in KiB: 256 MiB. */
    public static final int CEILING_MEMORY_KIB = 256 << 10;

    /** The passes of the default ceiling. */
    public static final int CEILING_ITERATIONS = 8;

    /** The least that {@link #pingAfter} may be, in milliseconds. */
    public static final int LEAST_PING_MILLIS = 40;

    private static final Duration MOST_WAITING = Duration.ofHours(1);

    /**
     * Checks the durations and the agent.
     *
     * @param transport the way to the server
     * @param stores where this device keeps what it keeps
     * @param clock tells the present time
     * @param random the source of all randomness
     * @param passwordCost what a passphrase costs at sign-up
     * @param passwordCeiling the most that is taken on the server's word
     * @param keySource where new wrapping keys come from
     * @param callbackExecutor where listeners run
     * @param requestTimeout how long an answer is waited for
     * @param firstRetry how long to wait before the first attempt to connect again
     * @param longestRetry the longest such wait
     * @param pingAfter how much silence a ping breaks
     * @param receiptDelay how long receipts wait for a message
     * @param keyRotation how old a wrapping key may become
     * @param agent the name and version of the program
     * @throws IllegalArgumentException if one is unreasonable; the message says which and what is allowed
     */
    public ClientOptions {
        require("requestTimeout", requestTimeout, Duration.ofMillis(1), MOST_WAITING);
        require("firstRetry", firstRetry, Duration.ofMillis(1), MOST_WAITING);
        require("longestRetry", longestRetry, firstRetry, MOST_WAITING);
        require("pingAfter", pingAfter, Duration.ofMillis(LEAST_PING_MILLIS), Duration.ofMinutes(5));
        if (!receiptDelay.isZero()) {
            require("receiptDelay", receiptDelay, Duration.ofMillis(10), MOST_WAITING);
        }
        require("keyRotation", keyRotation, Duration.ofHours(1), Duration.ofDays(365));
        passwordCeiling = new PasswordCost(
                Math.max(passwordCeiling.memoryKiB(), passwordCost.memoryKiB()),
                Math.max(passwordCeiling.iterations(), passwordCost.iterations()),
                Math.max(passwordCeiling.parallelism(), passwordCost.parallelism()));
        if (agent.length() > 64 || !agent.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            throw new IllegalArgumentException(
                    "agent has " + agent.length() + " characters, allowed are at most 64, printable ASCII only");
        }
    }

    /**
     * The least that this client lets a passphrase cost.
     *
     * @return {@link PasswordCost#RECOMMENDED}, or {@code passwordCost} where code has set it lower
     */
    public PasswordCost passwordFloor() {
        return passwordCost.atLeast(PasswordCost.RECOMMENDED) ? PasswordCost.RECOMMENDED : passwordCost;
    }

    /**
     * Begins with what holds unless told otherwise: the system's clock, a new {@link SecureRandom}, the recommended cost,
     * generated keys, which are replaced after 30 days, virtual threads where present, 30 seconds for an answer, retries
     * after 0.25 to 30 seconds, a ping after 20 seconds of silence, receipts that wait 2 seconds for a message.
     *
     * @param transport the way to the server
     * @param stores where this device keeps what it keeps
     * @return a builder
     */
    public static Builder builder(ClientTransport transport, ClientStores stores) {
        return new Builder(transport, stores);
    }

    /**
     * The defaults.
     *
     * @param transport the way to the server
     * @param stores where this device keeps what it keeps
     * @return the options
     */
    public static ClientOptions of(ClientTransport transport, ClientStores stores) {
        return builder(transport, stores).build();
    }

    private static void require(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed are " + least + " to " + most);
        }
    }

    /** Collects options. Confined to one thread. */
    public static final class Builder {
        private final ClientTransport transport;
        private final ClientStores stores;
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();
        private PasswordCost passwordCost = PasswordCost.RECOMMENDED;
        private PasswordCost passwordCeiling =
                new PasswordCost(CEILING_MEMORY_KIB, CEILING_ITERATIONS, PasswordCost.MAX_PARALLELISM);
        private RsaKeySource keySource = RsaKeySource.generating();
        private Executor callbackExecutor = Threads.callbacks();
        private Duration requestTimeout = Duration.ofSeconds(30);
        private Duration firstRetry = Duration.ofMillis(250);
        private Duration longestRetry = Duration.ofSeconds(30);
        private Duration pingAfter = Duration.ofSeconds(20);
        private Duration receiptDelay = Duration.ofSeconds(2);
        private Duration keyRotation = Duration.ofDays(30);
        private String agent = "pychat";

        private Builder(ClientTransport transport, ClientStores stores) {
            this.transport = transport;
            this.stores = stores;
        }

        /**
         * Sets {@link ClientOptions#clock}.
         *
         * @param value tells the present time
         * @return this
         */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#random}.
         *
         * @param value the source of all randomness
         * @return this
         */
        public Builder random(SecureRandom value) {
            random = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#passwordCost}.
         *
         * @param value what a passphrase costs at sign-up
         * @return this
         */
        public Builder passwordCost(PasswordCost value) {
            passwordCost = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#passwordCeiling}.
         *
         * @param value the most that is taken on the server's word
         * @return this
         */
        public Builder passwordCeiling(PasswordCost value) {
            passwordCeiling = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#keySource}.
         *
         * @param value where new wrapping keys come from
         * @return this
         */
        public Builder keySource(RsaKeySource value) {
            keySource = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#callbackExecutor}.
         *
         * @param value where listeners run
         * @return this
         */
        public Builder callbackExecutor(Executor value) {
            callbackExecutor = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#requestTimeout}.
         *
         * @param value how long an answer is waited for
         * @return this
         */
        public Builder requestTimeout(Duration value) {
            requestTimeout = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#firstRetry}.
         *
         * @param value the first wait before connecting again
         * @return this
         */
        public Builder firstRetry(Duration value) {
            firstRetry = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#longestRetry}.
         *
         * @param value the longest such wait
         * @return this
         */
        public Builder longestRetry(Duration value) {
            longestRetry = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#pingAfter}.
         *
         * @param value how much silence a ping breaks
         * @return this
         */
        public Builder pingAfter(Duration value) {
            pingAfter = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#receiptDelay}.
         *
         * @param value how long receipts wait for a message; zero for never alone
         * @return this
         */
        public Builder receiptDelay(Duration value) {
            receiptDelay = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#keyRotation}.
         *
         * @param value how old a wrapping key may become
         * @return this
         */
        public Builder keyRotation(Duration value) {
            keyRotation = value;
            return this;
        }

        /**
         * Sets {@link ClientOptions#agent}.
         *
         * @param value the name and version of the program
         * @return this
         */
        public Builder agent(String value) {
            agent = value;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         * @throws IllegalArgumentException if a value is unreasonable; the message says which and what is allowed
         */
        public ClientOptions build() {
            return new ClientOptions(
                    transport,
                    stores,
                    clock,
                    random,
                    passwordCost,
                    passwordCeiling,
                    keySource,
                    callbackExecutor,
                    requestTimeout,
                    firstRetry,
                    longestRetry,
                    pingAfter,
                    receiptDelay,
                    keyRotation,
                    agent);
        }
    }
}
