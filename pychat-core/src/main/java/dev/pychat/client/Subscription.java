package dev.pychat.client;

/** A listener's place at a client or conversation. Thread-safe. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Ends it; idempotent. A call that has begun already may still be running when this returns. */
    @Override
    void close();
}
