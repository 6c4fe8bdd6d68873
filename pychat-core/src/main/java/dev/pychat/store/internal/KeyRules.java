package dev.pychat.store.internal;

import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.StoredBundle;
import java.util.Optional;
import java.util.Set;

/** The rules of the key directory, for every store alike. */
public final class KeyRules {

    private static final int MAX_EPOCHS = 64;

    private KeyRules() {}

    /**
     * Decides on a bundle that is to be published.
     *
     * @param account whose
     * @param previousSerial the serial that must be the latest; 0 for none
     * @param bundle the bundle
     * @param latest the latest bundle of the account
     * @param sameSerial the stored bundle with the same serial
     * @return what is stored already and answers the call; empty if the bundle is to be stored
     * @throws IllegalArgumentException if the serial is not greater than the one before it
     * @throws StoreRefusedException if it is to follow a bundle of an account that has none
     */
    public static Optional<StoredBundle> answer(
            Username account,
            long previousSerial,
            StoredBundle bundle,
            Optional<StoredBundle> latest,
            Optional<StoredBundle> sameSerial)
            throws StoreRefusedException {
        if (previousSerial < 0 || bundle.serial() <= previousSerial) {
            throw new IllegalArgumentException(
                    "a bundle with serial " + bundle.serial() + " cannot follow serial " + previousSerial);
        }
        if (sameSerial.isPresent() && sameSerial.get().equals(bundle)) {
            return sameSerial;
        }
        if (latest.map(StoredBundle::serial).orElse(0L) == previousSerial) {
            return Optional.empty();
        }
        if (latest.isEmpty()) {
            throw new StoreRefusedException(
                    account + " has no bundle, so none can follow the serial " + previousSerial);
        }
        return latest;
    }

    /**
     * Checks how many epoch headers are asked for.
     *
     * @param names which
     * @throws IllegalArgumentException if they are too many
     */
    public static void checkEpochs(Set<EpochName> names) {
        if (names.size() > MAX_EPOCHS) {
            throw new IllegalArgumentException(
                    names.size() + " epoch headers were asked for, allowed are " + MAX_EPOCHS);
        }
    }

    /**
     * Counts the one-time keys that are new.
     *
     * @param firstNumber the number of the first one given
     * @param count how many are given
     * @param highest the highest number that was ever added
     * @return how many of them have a higher one
     * @throws ArithmeticException if the numbers go beyond 2^63 - 1
     */
    public static long fresh(long firstNumber, int count, long highest) {
        long behind = Math.addExact(firstNumber, count);
        return Math.max(0, behind - Math.max(firstNumber, highest + 1));
    }

    /**
     * Checks the number of a one-time key.
     *
     * @param firstNumber the number
     * @throws IllegalArgumentException if it is below 1
     */
    public static void checkFirstNumber(long firstNumber) {
        if (firstNumber < 1) {
            throw new IllegalArgumentException("one-time keys are numbered from 1, not from " + firstNumber);
        }
    }
}
