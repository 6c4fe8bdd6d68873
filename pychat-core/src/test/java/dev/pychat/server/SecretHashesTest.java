package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mindrot.jbcrypt.BCrypt;

class SecretHashesTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Bytes SECRET = Bytes.copyOf(new byte[32]);

    /** Whoever draws from it while it is shut waits. */
    private static final class StandingRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private transient volatile CountDownLatch open = new CountDownLatch(0);

        void shut() {
            open = new CountDownLatch(1);
        }

        void open() {
            open.countDown();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            CountDownLatch gate = open;
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            super.nextBytes(bytes);
        }
    }

    @Test
    void secretMatchesItsOwnHashOnlyAndTheDecoyNever() throws Exception {
        try (SecretHashes hashes =
                new SecretHashes(new HashCost(4), RANDOM, ServerLimits.DEFAULT, ServerMetrics.NONE)) {
            Bytes secret = Bytes.random(RANDOM, 32);
            String hash = get(hashes.hash("here", secret).toCompletableFuture());
            assertThat(hash).startsWith("$2a$04$");
            assertThat(hashes.decoy()).startsWith("$2a$04$");
            assertThat(get(hashes.matches("here", secret, hash).toCompletableFuture()))
                    .isTrue();
            assertThat(get(hashes.matches("here", Bytes.random(RANDOM, 32), hash)
                            .toCompletableFuture()))
                    .isFalse();
            assertThat(get(hashes.matches("here", secret, hashes.decoy()).toCompletableFuture()))
                    .isFalse();
            assertThat(get(hashes.matches("here", secret, "no hash").toCompletableFuture()))
                    .isFalse();
        }
    }

    /** Whoever is checked against it has to wait as long as for any other: its salt and cost are used before anything is compared. */
    @Test
    void decoyHasTheFormOfAHashAndIsAnotherForEachServer() {
        try (SecretHashes hashes = new SecretHashes(new HashCost(4), RANDOM, ServerLimits.DEFAULT, ServerMetrics.NONE);
                SecretHashes others =
                        new SecretHashes(new HashCost(4), RANDOM, ServerLimits.DEFAULT, ServerMetrics.NONE)) {
            String decoy = hashes.decoy();
            assertThat(decoy).matches("\\$2a\\$04\\$[./A-Za-z0-9]{53}").isNotEqualTo(others.decoy());
            assertThat(BCrypt.hashpw("anything", decoy))
                    .hasSameSizeAs(decoy)
                    .startsWith(decoy.substring(0, 29))
                    .isNotEqualTo(decoy);
        }
    }

    @Test
    void defaultCostIsTheRealOne() throws Exception {
        try (SecretHashes hashes =
                new SecretHashes(HashCost.DEFAULT, RANDOM, ServerLimits.DEFAULT, ServerMetrics.NONE)) {
            assertThat(get(hashes.hash("here", Bytes.random(RANDOM, 32)).toCompletableFuture()))
                    .startsWith("$2a$10$");
        }
    }

    @Test
    void moreThanMayWaitAreBusy() throws Exception {
        ServerLimits narrow =
                ServerLimits.builder().hashThreads(1).hashWaiting(2).build();
        try (SecretHashes hashes = new SecretHashes(new HashCost(6), RANDOM, narrow, ServerMetrics.NONE)) {
            for (int round = 0; round < 20; round++) {
                List<CompletableFuture<String>> all = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    all.add(hashes.hash("address " + i, Bytes.random(RANDOM, 32))
                            .toCompletableFuture());
                }
                assertThat(all.subList(0, 3))
                        .allSatisfy(one -> assertThat(get(one)).startsWith("$2a$06$"));
                long busy = all.stream().filter(SecretHashesTest::isBusy).count();
                assertThat(busy).isBetween(1L, 47L);
            }
        }
    }

    @Test
    void oneAddressHasAQuarterOfThePlacesAndOthersHaveTheRest() throws Exception {
        ServerLimits narrow =
                ServerLimits.builder().hashThreads(1).hashWaiting(15).build();
        StandingRandom gate = new StandingRandom();
        try (SecretHashes hashes = new SecretHashes(new HashCost(4), gate, narrow, ServerMetrics.NONE)) {
            gate.shut();
            List<CompletableFuture<String>> flood = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                flood.add(hashes.hash("flooder", SECRET).toCompletableFuture());
            }
            assertThat(flood.subList(0, 4)).noneMatch(CompletableFuture::isDone);
            assertThat(flood.subList(4, 50)).allMatch(SecretHashesTest::isBusy);
            CompletableFuture<String> other = hashes.hash("other", SECRET).toCompletableFuture();
            assertThat(other).isNotDone();
            gate.open();
            assertThat(get(other)).startsWith("$2a$04$");
            assertThat(get(hashes.hash("flooder", SECRET).toCompletableFuture()))
                    .as("its places are given back")
                    .startsWith("$2a$04$");
        }
    }

    private static boolean isBusy(CompletableFuture<String> one) {
        return one.handle((hash, failure) -> failure instanceof BusyException
                        || failure instanceof CompletionException e && e.getCause() instanceof BusyException)
                .join();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(120, TimeUnit.SECONDS);
    }
}
