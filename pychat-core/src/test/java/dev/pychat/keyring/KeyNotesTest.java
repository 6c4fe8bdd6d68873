package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyNotesTest {

    private static final KeyId ONE = id("01");
    private static final KeyId TWO = id("02");
    private static final KeyId THREE = id("03");
    private static final KeyId FOUR = id("04");
    private static final List<KeyId> ALL = List.of(ONE, TWO, THREE, FOUR);

    private static KeyId id(String octet) {
        return new KeyId(Bytes.fromHex(octet.repeat(32)));
    }

    @Test
    void everyNoteComesBackAsItWasAndNoOtherWithIt() throws Exception {
        KeyNotes notes = KeyNotes.ofNewDevice(Set.of(ONE, THREE))
                .retiring(Set.of(TWO, THREE))
                .replacing(Set.of(ONE, FOUR), NOW)
                .listedWith(7);
        for (KeyNotes each : List.of(notes, written(notes))) {
            assertThat(each.listedSince()).isEqualTo(7);
            assertThat(ALL).filteredOn(each::isConfined).containsExactly(ONE, THREE);
            assertThat(ALL).filteredOn(each::isRetired).containsExactly(TWO, THREE);
            assertThat(ALL).filteredOn(id -> each.replaced(id).isPresent()).containsExactly(ONE, FOUR);
            assertThat(each.replaced(FOUR)).contains(NOW);
        }
    }

    private static KeyNotes written(KeyNotes notes) throws Exception {
        try (BinaryWriter out = new BinaryWriter()) {
            notes.write(out);
            BinaryReader in = new BinaryReader("notes", out.toBytes());
            KeyNotes read = KeyNotes.read(in);
            in.end();
            return read;
        }
    }

    @Test
    void ofAKeyThatIsReplacedTwiceTheFirstMomentCounts() {
        KeyNotes notes = KeyNotes.NONE.replacing(Set.of(ONE), NOW).replacing(Set.of(ONE, TWO), NOW.plusSeconds(1));
        assertThat(notes.replaced(ONE)).contains(NOW);
        assertThat(notes.replaced(TWO)).contains(NOW.plusSeconds(1));
    }

    @Test
    void notesOfKeysThatAreGoneGoWithThem() {
        KeyNotes notes = KeyNotes.ofNewDevice(Set.of(ONE, TWO)).listedWith(7);
        KeyNotes left = notes.only(Set.of(ONE, THREE));
        assertThat(left.isConfined(ONE)).isTrue();
        assertThat(left.isConfined(TWO)).isFalse();
        assertThat(left.listedSince()).isEqualTo(7);
        assertThat(notes.only(Set.of(ONE, TWO, THREE))).isSameAs(notes);
    }
}
