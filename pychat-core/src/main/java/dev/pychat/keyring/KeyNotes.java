package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a keyring notes of its private keys (ENVELOPE.md, section 5.3): which were made while the account forgets, and so never leave this
 * device, which are retired because the vault has buried them, and since when the server has offered others in their place. Immutable.
 *
 * <pre>
 * notes = u16 n, n times (key id(32) | u8 1 made while the account forgets + 2 retired | u64 replaced, 0 = not) | u64 first serial
 * </pre>
 */
final class KeyNotes {

    static final KeyNotes NONE = new KeyNotes(Map.of(), 0);

    /** No bundle that lists this device is published yet. */
    private static final long NOT_YET = Long.MAX_VALUE;

    /**
     * Of one key.
     *
     * @param confined whether it was made while the account forgets
     * @param retired whether a tombstone stands in its place in the vault, so that no other device takes it from there any more
     * @param replaced when it was replaced; null if it was not
     */
    private record Note(
            boolean confined, boolean retired, @Nullable Instant replaced) {}

    private static final Note NOTHING = new Note(false, false, null);

    private final Map<KeyId, Note> notes;
    private final long listedSince;

    private KeyNotes(Map<KeyId, Note> notes, long listedSince) {
        this.notes = Map.copyOf(notes);
        this.listedSince = listedSince;
    }

    /** Those of a device that is new to an account that forgets or once did, with the keys that are never to leave it. */
    static KeyNotes ofNewDevice(Set<KeyId> confined) {
        return new KeyNotes(Map.of(), NOT_YET).confining(confined);
    }

    /** The serial of the first own bundle that can have listed this device. */
    long listedSince() {
        return listedSince;
    }

    /** After a bundle that lists it was published. */
    KeyNotes listedWith(long serial) {
        return listedSince == NOT_YET ? new KeyNotes(notes, serial) : this;
    }

    boolean isConfined(KeyId id) {
        return of(id).confined;
    }

    /** Whether the vault has a tombstone in its place. */
    boolean isRetired(KeyId id) {
        return of(id).retired;
    }

    /** With keys whose entries in the vault are tombstones. */
    KeyNotes retiring(Set<KeyId> gone) {
        Map<KeyId, Note> more = new HashMap<>(notes);
        gone.forEach(id -> more.put(id, new Note(of(id).confined, true, of(id).replaced)));
        return new KeyNotes(more, listedSince);
    }

    Optional<Instant> replaced(KeyId id) {
        return Optional.ofNullable(of(id).replaced);
    }

    private Note of(KeyId id) {
        return notes.getOrDefault(id, NOTHING);
    }

    /** With keys that were made while the account forgets. */
    KeyNotes confining(Set<KeyId> made) {
        Map<KeyId, Note> more = new HashMap<>(notes);
        made.forEach(id -> more.put(id, new Note(true, of(id).retired, of(id).replaced)));
        return new KeyNotes(more, listedSince);
    }

    /** With keys that are no longer offered; of one that was not before the first moment counts. */
    KeyNotes replacing(Set<KeyId> left, Instant now) {
        Map<KeyId, Note> more = new HashMap<>(notes);
        left.stream()
                .filter(id -> of(id).replaced == null)
                .forEach(id ->
                        more.put(id, new Note(of(id).confined, of(id).retired, now.truncatedTo(ChronoUnit.MILLIS))));
        return new KeyNotes(more, listedSince);
    }

    /** Without those of keys that are gone. */
    KeyNotes only(Set<KeyId> held) {
        if (held.containsAll(notes.keySet())) {
            return this;
        }
        Map<KeyId, Note> left = new HashMap<>(notes);
        left.keySet().retainAll(held);
        return new KeyNotes(left, listedSince);
    }

    void write(BinaryWriter out) {
        out.u16(notes.size());
        notes.forEach((id, note) -> out.raw(id.value())
                .u8((note.confined ? 1 : 0) | (note.retired ? 2 : 0))
                .time(note.replaced == null ? Instant.EPOCH : note.replaced));
        out.u64(listedSince);
    }

    static KeyNotes read(BinaryReader in) throws MalformedException {
        int count = in.u16("number of notes");
        Map<KeyId, Note> notes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            KeyId id = new KeyId(Bytes.adopt(in.raw("key id", Sha256.SIZE).toArray()));
            int kind = in.u8("kind of key", 0, 3);
            Instant replaced = in.time("replaced");
            notes.put(id, new Note((kind & 1) != 0, (kind & 2) != 0, replaced.equals(Instant.EPOCH) ? null : replaced));
        }
        return new KeyNotes(notes, in.u64("first serial"));
    }
}
