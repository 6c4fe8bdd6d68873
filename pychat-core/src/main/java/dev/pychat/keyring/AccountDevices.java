package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The devices of an account as they stand in its vault (ENVELOPE.md, section 14, entries of type 6): which there are, and which the person
 * has removed. A counter for each grows with every change, so that of two devices' word the later counts; with equal counters removed wins.
 *
 * <pre>
 * devices = u16 n, n times (device(16) | u64 counter | u8 removed)
 * </pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class AccountDevices {

    private static final int FIRST = 1;

    private record Word(long counter, boolean removed) {
        Word or(Word other) {
            boolean later = other.counter > counter || other.counter == counter && other.removed;
            return later ? other : this;
        }
    }

    private final SortedMap<DeviceId, Word> words;

    private AccountDevices(Map<DeviceId, Word> words) {
        this.words = sorted(words);
    }

    private static SortedMap<DeviceId, Word> sorted(Map<DeviceId, Word> words) {
        SortedMap<DeviceId, Word> sorted =
                new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
        sorted.putAll(words);
        return sorted;
    }

    static AccountDevices of(DeviceId only) {
        return new AccountDevices(Map.of(only, new Word(FIRST, false)));
    }

    /** What is no device is left where it is. */
    static AccountDevices in(Vault vault) {
        Map<DeviceId, Word> words = new HashMap<>();
        for (VaultEntry entry : vault.entries()) {
            if (entry.type() == VaultTypes.DEVICE && entry.key().size() == DeviceId.SIZE) {
                words.put(new DeviceId(entry.key()), new Word(entry.counter(), entry.tombstone()));
            }
        }
        words.remove(DeviceId.ACCOUNT);
        return new AccountDevices(words);
    }

    /** What goes into the vault, to be closed by the caller. */
    List<VaultEntry> entries() {
        return words.entrySet().stream()
                .map(word -> new VaultEntry(
                        VaultTypes.DEVICE,
                        word.getKey().value(),
                        word.getValue().counter(),
                        word.getValue().removed(),
                        SecretBytes.adopt(new byte[0])))
                .toList();
    }

    /** With a device that nothing was said of yet. */
    AccountDevices with(DeviceId device) {
        Map<DeviceId, Word> more = new HashMap<>(words);
        more.putIfAbsent(device, new Word(FIRST, false));
        return new AccountDevices(more);
    }

    AccountDevices joined(AccountDevices other) {
        Map<DeviceId, Word> all = new HashMap<>(words);
        other.words.forEach((device, word) -> all.merge(device, word, Word::or));
        return new AccountDevices(all);
    }

    /**
     * These without a device, which no bundle offers from then on. One that is removed already changes nothing.
     *
     * @param device any device but the account as a whole
     * @return the devices
     */
    public AccountDevices removing(DeviceId device) {
        return saying(device, true);
    }

    /**
     * These with a device again that was removed.
     *
     * @param device any device but the account as a whole
     * @return the devices
     */
    public AccountDevices restoring(DeviceId device) {
        return saying(device, false);
    }

    private AccountDevices saying(DeviceId device, boolean removed) {
        if (device.equals(DeviceId.ACCOUNT)) {
            throw new IllegalArgumentException("the account as a whole is no device");
        }
        Word before = words.getOrDefault(device, new Word(0, !removed));
        if (before.removed() == removed) {
            return this;
        }
        Map<DeviceId, Word> changed = new HashMap<>(words);
        changed.put(device, new Word(before.counter() + 1, removed));
        return new AccountDevices(changed);
    }

    /**
     * The devices that were not removed, whether they are still in use or not.
     *
     * @return their ids
     */
    public Set<DeviceId> present() {
        return those(false);
    }

    /**
     * The devices that the person has removed.
     *
     * @return their ids
     */
    public Set<DeviceId> removed() {
        return those(true);
    }

    /**
     * Whether the person has removed a device; then no bundle offers its keys.
     *
     * @param device the device
     * @return true if it was removed
     */
    public boolean isRemoved(DeviceId device) {
        return removed().contains(device);
    }

    private Set<DeviceId> those(boolean removed) {
        return words.entrySet().stream()
                .filter(word -> word.getValue().removed() == removed)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    void write(BinaryWriter out) {
        out.u16(words.size());
        words.forEach(
                (device, word) -> out.raw(device.value()).u64(word.counter()).bool(word.removed()));
    }

    static AccountDevices read(BinaryReader in) throws MalformedException {
        int count = in.u16("number of devices");
        Map<DeviceId, Word> words = new HashMap<>();
        for (int i = 0; i < count; i++) {
            DeviceId device =
                    new DeviceId(Bytes.adopt(in.raw("device", DeviceId.SIZE).toArray()));
            words.put(device, new Word(in.u64("counter"), in.bool("removed")));
        }
        return new AccountDevices(words);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccountDevices devices && words.equals(devices.words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    @Override
    public String toString() {
        return present().size() + " devices, " + removed().size() + " removed";
    }
}
