package dev.pychat.testkit.server;

import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Random bytes for a server that has one thread to hash with. While the gate is shut, that thread stands in the hashing of a
 * sign-up, so that whatever else wants to be hashed waits, for certain and for as long as a test likes. Thread-safe.
 */
final class HashGate extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final transient CountDownLatch entered = new CountDownLatch(1);
    private transient volatile CountDownLatch open = new CountDownLatch(0);

    /** Shuts the gate, and has somebody sign up who stands before it; to be done once. */
    void shut(TestServer server) throws Exception {
        RawClient occupier = server.client();
        open = new CountDownLatch(1);
        Thread signingUp = new Thread(() -> occupier.signUp("occupier"));
        signingUp.setDaemon(true);
        signingUp.start();
        if (!entered.await(RawClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("nothing is hashed");
        }
    }

    void open() {
        open.countDown();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        CountDownLatch gate = open;
        if (gate.getCount() > 0 && Thread.currentThread().getName().startsWith("pychat-hash")) {
            entered.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        super.nextBytes(bytes);
    }
}
