package dev.pychat.server;

import dev.pychat.model.Bytes;
import dev.pychat.transport.internal.NamedThreads;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.mindrot.jbcrypt.BCrypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's own hash of login secrets: bcrypt of their base64url form, whose 43 characters lie below the 72 that bcrypt
 * looks at and hold no zero byte. It is dear on purpose, so it has threads of its own, and only so many wait for them: they
 * are counted from the question to the answer, whether or not a thread has begun with them. One address may have a quarter of
 * them, so it can't keep everybody else from logging in.
 *
 * <p>Thread-safe.
 */
final class SecretHashes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretHashes.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final int SHARE = 4;
    private static final int LEAST_OF_ONE = 2;

    /** Characters of a hash in bcrypt's form, and of the salt in it. */
    private static final int HASH_LENGTH = 60;

    private static final int SALT_LENGTH = 22;

    private final HashCost cost;
    private final ServerMetrics metrics;
    private final int most;
    private final int mostOfOne;
    private final SecureRandom random;
    private final ExecutorService pool;
    private final Semaphore admitted;
    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();
    private final String decoy;

    SecretHashes(HashCost cost, SecureRandom random, ServerLimits limits, ServerMetrics metrics) {
        this.cost = cost;
        this.metrics = metrics;
        this.most = limits.hashThreads() + limits.hashWaiting();
        this.mostOfOne = Math.max(LEAST_OF_ONE, most / SHARE);
        this.random = random;
        this.pool = NamedThreads.standing("hash", limits.hashThreads());
        this.admitted = new Semaphore(most);
        this.decoy = decoy(cost, random);
    }

    /** The hash to be stored. Fails with {@link BusyException} if too many wait, of this address or of all. */
    CompletionStage<String> hash(String address, Bytes secret) {
        return onPool(address, () -> hashNow(secret));
    }

    /** Whether a secret has the hash. Fails with {@link BusyException} if too many wait, of this address or of all. */
    CompletionStage<Boolean> matches(String address, Bytes secret, String hash) {
        return onPool(address, () -> matchesNow(secret, hash));
    }

    /** What an account that is not there is checked against: it takes as long as any other and never matches. */
    String decoy() {
        return decoy;
    }

    /**
     * What looks like a hash and is that of nothing anybody knows: behind the salt stand other characters of a salt. Checking a secret
     * against it costs what it costs against any other, since that makes the hash of the secret first. A hash would take a tenth of the start.
     */
    private static String decoy(HashCost cost, SecureRandom random) {
        String salt = BCrypt.gensalt(cost.rounds(), random);
        StringBuilder decoy = new StringBuilder(salt);
        while (decoy.length() < HASH_LENGTH) {
            decoy.append(BCrypt.gensalt(cost.rounds(), random), salt.length() - SALT_LENGTH, salt.length());
        }
        decoy.setLength(HASH_LENGTH);
        return decoy.toString();
    }

    private String hashNow(Bytes secret) {
        return BCrypt.hashpw(secret.base64Url(), BCrypt.gensalt(cost.rounds(), random));
    }

    private boolean matchesNow(Bytes secret, String hash) {
        try {
            return BCrypt.checkpw(secret.base64Url(), hash);
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            LOG.error("a stored login hash is malformed; nobody can log in with it");
            return false;
        }
    }

    private <T> T timed(Supplier<T> work) {
        long begin = System.nanoTime();
        T done = work.get();
        metrics.hashed(Duration.ofNanos(System.nanoTime() - begin));
        return done;
    }

    /** How many secrets are being hashed or wait for it. */
    int waiting() {
        return most - admitted.availablePermits();
    }

    private <T> CompletionStage<T> onPool(String address, Supplier<T> work) {
        if (!admit(address)) {
            return CompletableFuture.failedFuture(new BusyException("too many log-ins wait to be checked", RETRY));
        }
        try {
            return CompletableFuture.supplyAsync(() -> timed(work), pool)
                    .whenComplete((done, failure) -> release(address));
        } catch (RejectedExecutionException stopped) {
            release(address);
            return CompletableFuture.failedFuture(new BusyException("the server stops", RETRY));
        }
    }

    private boolean admit(String address) {
        if (perAddress.merge(address, 1, Integer::sum) <= mostOfOne && admitted.tryAcquire()) {
            return true;
        }
        leave(address);
        return false;
    }

    private void release(String address) {
        leave(address);
        admitted.release();
    }

    private void leave(String address) {
        perAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void close() {
        try (Deadline deadline = Deadline.in(STOP)) {
            close(deadline);
        }
    }

    /** Begins nothing more, and waits for what was begun. */
    void close(Deadline deadline) {
        pool.shutdownNow();
        if (!deadline.shutdown(pool)) {
            LOG.warn("a log-in was still being checked when the server stopped");
        }
    }
}
