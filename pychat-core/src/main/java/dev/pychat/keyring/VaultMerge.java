package dev.pychat.keyring;

import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings together what two devices of one account know (ENVELOPE.md, section 14): of two entries with the same type and key
 * the higher counter wins; where the counters are equal a tombstone wins; and where two values stand under one counter a rule
 * for their type decides. The result does not depend on which side is named first.
 *
 * <p>Immutable and thread-safe.
 */
public final class VaultMerge {

    /** Decides between two pins of one peer that have the same counter. */
    @FunctionalInterface
    public interface Tie {

        /**
         * Decides, and the same whichever value is named first.
         *
         * @param entry has the type, key and counter of both
         * @param one a value
         * @param other another one
         * @return the value to keep
         */
        Bytes decide(VaultEntry entry, Bytes one, Bytes other);
    }

    private final Tie pins;

    /**
     * Makes one.
     *
     * @param pins decides between two pins; of all other values the one with the smaller bytes is kept
     */
    public VaultMerge(Tie pins) {
        this.pins = pins;
    }

    /**
     * Merges.
     *
     * @param one entries, each type and key at most once
     * @param other others, likewise
     * @return entries with copies of the values, ascending by type and key, to be closed by the caller
     */
    public List<VaultEntry> merge(Collection<VaultEntry> one, Collection<VaultEntry> other) {
        SortedMap<VaultEntry, VaultEntry> merged = new TreeMap<>();
        one.forEach(entry -> merged.put(entry, entry));
        other.forEach(entry -> merged.merge(entry, entry, this::better));
        List<VaultEntry> all = new ArrayList<>(merged.size());
        merged.values().forEach(entry -> all.add(entry.copy()));
        return all;
    }

    private VaultEntry better(VaultEntry one, VaultEntry other) {
        if (one.counter() != other.counter()) {
            return one.counter() > other.counter() ? one : other;
        }
        if (one.tombstone() != other.tombstone()) {
            return one.tombstone() ? one : other;
        }
        if (one.value().equals(other.value())) {
            return one;
        }
        if (one.type() == VaultTypes.PIN) {
            Bytes kept = pins.decide(one, open(one), open(other));
            return new VaultEntry(
                    one.type(), one.key(), one.counter(), one.tombstone(), SecretBytes.copyOf(kept.toArray()));
        }
        return open(one).compareTo(open(other)) < 0 ? one : other;
    }

    private static Bytes open(VaultEntry entry) {
        return entry.value().reveal(Bytes::copyOf);
    }
}
