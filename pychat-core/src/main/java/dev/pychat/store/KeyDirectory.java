package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The public keys that a server hands out: key bundles by serial, epoch headers by name, one-time keys at most once. All of
 * them are opaque bytes here.
 *
 * <p>Implementations are thread-safe; each call is one atomic unit and is durable when it returns. Calls block and run on an
 * executor.
 */
public interface KeyDirectory {

    /**
     * Publishes a bundle if the one before it is the latest.
     *
     * @param account whose bundle
     * @param previousSerial the serial that must be the latest now; 0 for none
     * @param bundle the bundle and its serial, which must be greater than {@code previousSerial}
     * @return {@code bundle} itself if it is stored, now or since an earlier call with the same bytes; else the latest, and
     *     nothing changed
     * @throws IllegalArgumentException if the serial is not greater than {@code previousSerial}
     * @throws StoreRefusedException if {@code previousSerial} is not 0 and the account has no bundle at all
     * @throws StoreException if the store fails
     */
    StoredBundle putBundle(Username account, long previousSerial, StoredBundle bundle) throws StoreException;

    /**
     * Reads the latest bundle of an account.
     *
     * @param account whose
     * @return the bundle with the greatest serial; empty if there is none
     * @throws StoreException if the store fails
     */
    Optional<StoredBundle> latestBundle(Username account) throws StoreException;

    /**
     * Reads one bundle of an account.
     *
     * @param account whose
     * @param serial its serial
     * @return the bundle; empty if there is none with that serial
     * @throws StoreException if the store fails
     */
    Optional<StoredBundle> bundle(Username account, long serial) throws StoreException;

    /**
     * Keeps an epoch header under its name. Idempotent: the name is the header's hash, which the caller has checked; what is
     * kept under a name already stays as it is.
     *
     * @param conversation the conversation it was put for
     * @param name its name
     * @param header its bytes
     * @throws StoreException if the store fails
     */
    void putEpoch(ConversationId conversation, EpochName name, Bytes header) throws StoreException;

    /**
     * Reads epoch headers.
     *
     * @param conversation the conversation they were put for
     * @param names which, at most 64
     * @return those of them that are there
     * @throws StoreException if the store fails
     */
    Map<EpochName, Bytes> epochs(ConversationId conversation, Set<EpochName> names) throws StoreException;

    /**
     * Adds one-time keys to the pool of a device, in order. The device numbers its keys from 1 upwards for ever; those whose
     * number is not above all that were ever added are left out, so a retry never brings a key back that was taken. If the
     * others are more than there is room for, none is added.
     *
     * @param account whose
     * @param device which device of the account
     * @param firstNumber the number of the first of {@code keys}; the others follow without a gap
     * @param keys opaque keys
     * @param most how many the pool may hold
     * @return false, and nothing changed, if it would hold more
     * @throws IllegalArgumentException if {@code firstNumber} is below 1
     * @throws StoreException if the store fails
     */
    boolean addOneTimeKeys(Username account, DeviceId device, long firstNumber, List<Bytes> keys, int most)
            throws StoreException;

    /**
     * Takes the oldest one-time key out of the pool of a device: no two calls are ever given the same one.
     *
     * @param account whose
     * @param device which device of the account
     * @return the key; empty if the pool is dry
     * @throws StoreException if the store fails
     */
    Optional<Bytes> takeOneTimeKey(Username account, DeviceId device) throws StoreException;

    /**
     * Counts the pool of a device.
     *
     * @param account whose
     * @param device which device of the account
     * @return how many one-time keys are left
     * @throws StoreException if the store fails
     */
    int oneTimeKeys(Username account, DeviceId device) throws StoreException;
}
