package dev.pychat.store.internal.tree;

import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.directory.internal.Reasons;
import java.io.SyncFailedException;

/** Turns what goes wrong in an engine into the two failures of a store. Stateless; safe for every thread. */
public final class Outcomes {

    private Outcomes() {}

    /**
     * Reads, and refuses what fails.
     *
     * @param work what is read
     * @param trees where
     * @param <T> what comes of it
     * @return what came of it
     * @throws StoreException if it fails
     */
    public static <T> T reading(Database.Work<T> work, Trees trees) throws StoreException {
        try {
            return work.run(trees);
        } catch (DamagedRecordException | RuntimeException e) {
            throw refused("cannot read", e);
        }
    }

    /**
     * Changes something in a transaction that is not committed yet, and refuses what fails.
     *
     * @param work what is changed
     * @param trees where
     * @param <T> what comes of it
     * @return what came of it
     * @throws StoreException if it fails
     * @throws IllegalArgumentException if the work finds a mistake of its caller
     */
    public static <T> T writing(Database.Work<T> work, Trees trees) throws StoreException {
        try {
            return work.run(trees);
        } catch (IllegalArgumentException callersMistake) {
            throw callersMistake;
        } catch (DamagedRecordException | RuntimeException e) {
            throw refused("cannot write", e);
        }
    }

    /**
     * Nothing happened.
     *
     * @param what what the store did not do, as it follows "the store"
     * @param cause why
     * @return the refusal
     */
    public static StoreRefusedException refused(String what, Exception cause) {
        return new StoreRefusedException("the store " + what + ": " + Reasons.of(cause), cause);
    }

    /**
     * A commit failed.
     *
     * @param cause why
     * @return the word that nobody knows
     */
    public static OutcomeUnknownException unknown(Exception cause) {
        return new OutcomeUnknownException(
                "the store cannot tell whether the change was kept: " + Reasons.of(cause), cause);
    }

    /**
     * Whether a sync has failed: what is on the disk is then not known, and asking again proves nothing.
     *
     * @param failure what went wrong
     * @return true if that is at the bottom of it
     */
    public static boolean isFailedSync(Throwable failure) {
        return Reasons.isCausedBy(failure, SyncFailedException.class);
    }
}
