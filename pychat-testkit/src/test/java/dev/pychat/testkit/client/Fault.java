package dev.pychat.testkit.client;

import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong with a store of the device, and how often yet. Thread-safe. */
final class Fault {

    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final String store;
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile Kind kind = Kind.REFUSED;
    private volatile boolean unreadable;
    private volatile boolean holding;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** How a step fails. */
    enum Kind {
        /** Nothing happens, and the store says so. */
        REFUSED,
        /** It happens, and the store does not know it. */
        UNKNOWN_AND_DONE,
        /** Nothing happens, and the store does not know it. */
        UNKNOWN_AND_NOT_DONE
    }

    interface Write {
        void make() throws StoreException;
    }

    interface Read<T> {
        T make() throws StoreException;
    }

    Fault(String store) {
        this.store = store;
    }

    /** The next so many steps fail. */
    void fail(Kind how, int times) {
        kind = how;
        left.set(times);
    }

    /** All steps fail until it is mended. */
    void failForEver(Kind how) {
        fail(how, FOR_EVER);
    }

    /** Nothing can be read or written until it is mended. */
    void breakDown() {
        unreadable = true;
        failForEver(Kind.REFUSED);
    }

    void mend() {
        left.set(0);
        unreadable = false;
    }

    /** Steps wait until {@link #goOn}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    boolean isHolding() {
        return holding;
    }

    void goOn() {
        gate.countDown();
    }

    private void awaitGate() {
        holding = gate.getCount() > 0;
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        holding = false;
    }

    /** How often something has failed. */
    int count() {
        return failed.get();
    }

    void write(Write write) throws StoreException {
        awaitGate();
        if (left.getAndUpdate(times -> times == 0 || times == FOR_EVER ? times : times - 1) == 0) {
            write.make();
            return;
        }
        failed.incrementAndGet();
        if (kind == Kind.REFUSED) {
            throw new StoreRefusedException(store + " refused, as a test wants it");
        }
        if (kind == Kind.UNKNOWN_AND_DONE) {
            write.make();
        }
        throw new OutcomeUnknownException(store + " failed, as a test wants it");
    }

    <T> T read(Read<T> read) throws StoreException {
        if (unreadable) {
            failed.incrementAndGet();
            throw new StoreRefusedException(store + " can't be read, as a test wants it");
        }
        return read.make();
    }
}
