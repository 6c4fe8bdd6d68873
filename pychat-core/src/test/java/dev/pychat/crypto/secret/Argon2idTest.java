package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class Argon2idTest {

    /** The expected value was computed with the reference implementation in C (libargon2 0~20171227). */
    @Test
    void derivesAsTheReferenceDoes() throws Exception {
        SecretBytes password = SecretBytes.adopt("correct horse".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        try (SecretBytes derived =
                Argon2id.derive(password, Bytes.fromHex("07".repeat(32)), new PasswordCost(64, 3, 2))) {
            assertThat(derived.<String, RuntimeException>reveal(
                            raw -> Bytes.copyOf(raw).hex()))
                    .isEqualTo("41f946a7e01357ea88bf4764de3e808e4250384aca1adac030f73e5927c4d1eb");
        }
    }

    @Test
    void whoComesWhenAllPlacesAreTakenWaitsAndCanBeInterrupted() throws Exception {
        SecretBytes password = SecretBytes.adopt(new byte[] {1});
        AtomicReference<Throwable> end = new AtomicReference<>();
        Argon2id.SLOTS.acquire(Argon2id.slots());
        try {
            Thread waiting = new Thread(() -> {
                try {
                    Argon2id.derive(password, Bytes.fromHex("07".repeat(32)), new PasswordCost(32, 1, 1))
                            .close();
                } catch (Throwable e) {
                    end.set(e);
                }
            });
            waiting.start();
            while (!Argon2id.SLOTS.hasQueuedThreads()) {
                assertThat(waiting.isAlive()).as("it waits for a place").isTrue();
                Thread.onSpinWait();
            }
            waiting.interrupt();
            waiting.join();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        } finally {
            Argon2id.SLOTS.release(Argon2id.slots());
        }
        assertThat(Argon2id.SLOTS.availablePermits()).isEqualTo(Argon2id.slots());
    }
}
