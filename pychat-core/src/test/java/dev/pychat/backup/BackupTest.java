package dev.pychat.backup;

import static dev.pychat.backup.TestBackups.ANN;
import static dev.pychat.backup.TestBackups.BOB;
import static dev.pychat.backup.TestBackups.CAROL;
import static dev.pychat.backup.TestBackups.ENTRIES;
import static dev.pychat.backup.TestBackups.NOW;
import static dev.pychat.backup.TestBackups.REALM;
import static dev.pychat.backup.TestBackups.SEEN;
import static dev.pychat.backup.TestBackups.message;
import static dev.pychat.backup.TestBackups.open;
import static dev.pychat.backup.TestBackups.unopened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.keyring.UnreadableException.Reason;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BackupTest {

    private static final int COST = 49;
    private static final int HEADER = 87;

    @Test
    void everythingComesBack() throws Exception {
        TestBackups.Notes notes = new TestBackups.Notes();
        try (Backup backup = open(TestBackups.small())) {
            assertThat(backup.realm()).isEqualTo(REALM);
            assertThat(backup.user()).isEqualTo(ANN);
            assertThat(backup.made()).isEqualTo(NOW);
            assertThat(backup.seenVault()).isEqualTo(SEEN);
            assertThat(backup.keys().entries()).isEqualTo(ENTRIES);
            assertThat(backup.conversations()).isEqualTo(2);
            assertThat(backup.messages()).isEqualTo(3);
            backup.read(notes);
        }
        assertThat(notes.conversations).containsExactly(BOB + " 1 2", CAROL + " 5 5");
        assertThat(notes.messages).containsExactly(message(1, 20), unopened(2), message(5, 0));
    }

    @Test
    void manyChunksComeBackInTheirOrder() throws Exception {
        Bytes bytes = TestBackups.large(40);
        assertThat(chunks(bytes)).hasSizeGreaterThan(10);
        TestBackups.Notes notes = new TestBackups.Notes();
        try (Backup backup = open(bytes)) {
            backup.read(notes);
        }
        assertThat(notes.messages.stream().map(each -> each.position().value()))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
    }

    @Test
    void anotherPassphraseIsToldFromDamage() throws Exception {
        Bytes bytes = TestBackups.small();
        assertUnreadable(Reason.WRONG_KEY, () -> open(bytes, "another passphrase"));
    }

    @Test
    void eachAlteredByteIsNoticed() throws Exception {
        byte[] bytes = TestBackups.small().toArray();
        for (int i = 0; i < bytes.length; i++) {
            // A higher cost is paid before anything can be noticed: 32 MiB at most here, the rest is above the ceiling.
            int bit = i >= COST && i < COST + 6 ? 0x80 : 1;
            bytes[i] ^= (byte) bit;
            int at = i;
            assertThatThrownBy(() -> open(Bytes.copyOf(bytes)).close())
                    .as("byte %s", at)
                    .isInstanceOfSatisfying(
                            UnreadableException.class,
                            e -> assertThat(at < HEADER || e.reason() == Reason.DAMAGED)
                                    .as("byte %s is %s", at, e.reason())
                                    .isTrue());
            bytes[i] ^= (byte) bit;
        }
        open(Bytes.copyOf(bytes)).close();
    }

    @Test
    void eachTruncationIsNoticed() throws Exception {
        Bytes bytes = TestBackups.small();
        for (int size = 0; size < bytes.size(); size++) {
            Bytes cut = bytes.slice(0, size);
            assertUnreadable(Reason.DAMAGED, () -> open(cut));
        }
    }

    @Test
    void missingDoubledMovedAndForeignChunksAreNoticed() throws Exception {
        Bytes bytes = TestBackups.large(12);
        List<Bytes> chunks = chunks(bytes);
        int last = chunks.size() - 1;
        for (int i = 0; i <= last; i++) {
            List<Bytes> missing = new ArrayList<>(chunks);
            missing.remove(i);
            assertDamaged(bytes, missing);
            List<Bytes> doubled = new ArrayList<>(chunks);
            doubled.add(i, chunks.get(i));
            assertDamaged(bytes, doubled);
            List<Bytes> moved = new ArrayList<>(chunks);
            moved.set(i, chunks.get(last - i));
            moved.set(last - i, chunks.get(i));
            if (i != last - i) {
                assertDamaged(bytes, moved);
            }
        }
        List<Bytes> endedEarly = new ArrayList<>(chunks.subList(0, last));
        endedEarly.set(last - 1, Bytes.concat(Bytes.fromHex("01"), tail(chunks.get(last - 1))));
        assertDamaged(bytes, endedEarly);
        List<Bytes> foreign = new ArrayList<>(chunks);
        foreign.set(1, chunks(TestBackups.small()).get(0));
        assertDamaged(bytes, foreign);
    }

    @Test
    void bytesBehindTheEndAreNoticed() throws Exception {
        Bytes more = Bytes.concat(TestBackups.small(), Bytes.fromHex("00"));
        assertUnreadable(Reason.DAMAGED, () -> open(more));
    }

    @Test
    void newerFormatIsToldFromDamage() throws Exception {
        byte[] bytes = TestBackups.small().toArray();
        bytes["pychat/1 export".length() + 1] = 2;
        assertUnreadable(Reason.NEWER_VERSION, () -> open(Bytes.adopt(bytes)));
    }

    @Test
    void costBelowTheFloorOrAboveTheCeilingIsRefusedUnpaid() throws Exception {
        byte[] bytes = TestBackups.small().toArray();
        try (Passphrase passphrase = TestBackups.passphrase("a good passphrase")) {
            assertUnreadable(
                    Reason.DAMAGED,
                    () -> Backup.open(() -> new ByteArrayInputStream(bytes), passphrase, PasswordCost.RECOMMENDED));
        }
        ByteBuffer.wrap(bytes).putInt(COST, (1 << 20) + 1);
        assertUnreadable(Reason.DAMAGED, () -> open(Bytes.adopt(bytes)));
    }

    @Test
    void contentOutOfOrderIsRefused() throws Exception {
        assertSenseless(out -> out.message(message(1, 1)));
        assertSenseless(out -> out.conversation(BOB, new Position(1), new Position(1)));
        assertSenseless(out -> out.account(REALM, ANN, NOW, SEEN, List.of()));
        assertSenseless(out -> {
            out.conversation(BOB, new Position(1), new Position(2));
            out.message(message(2, 1));
            out.message(message(1, 1));
        });
        assertSenseless(out -> {
            out.conversation(BOB, new Position(2), new Position(1));
            out.message(message(2, 1));
        });
        assertSenseless(out -> {
            for (int i = 0; i < 2; i++) {
                out.conversation(BOB, new Position(1), new Position(1));
                out.message(message(1, 1));
            }
        });
        assertSenseless(out -> {
            out.conversation(BOB, new Position(1), new Position(1));
            out.message(message(1, 1));
            out.message(message(2, 1));
        });
    }

    @Test
    void backupThatBecameAnotherOneIsNotReadOn() throws Exception {
        AtomicReference<Bytes> there = new AtomicReference<>(TestBackups.large(12));
        Bytes before = there.get();
        try (Passphrase passphrase = TestBackups.passphrase("a good passphrase");
                Backup backup = Backup.open(
                        () -> new ByteArrayInputStream(there.get().toArray()), passphrase, TestBackups.CHEAP)) {
            byte[] altered = before.toArray();
            altered[altered.length - 1] ^= 1;
            there.set(Bytes.adopt(altered));
            assertUnreadable(Reason.DAMAGED, () -> backup.read(new TestBackups.Notes()));
            there.set(before.slice(0, 20));
            assertUnreadable(Reason.DAMAGED, () -> backup.read(new TestBackups.Notes()));
        }
    }

    private static void assertSenseless(TestBackups.Rest rest) throws Exception {
        Bytes bytes = TestBackups.write(rest);
        assertUnreadable(Reason.DAMAGED, () -> open(bytes));
    }

    private static void assertDamaged(Bytes whole, List<Bytes> chunks) {
        Bytes header = whole.slice(0, HEADER);
        Bytes again = Bytes.concat(header, Bytes.concat(chunks.toArray(Bytes[]::new)));
        assertUnreadable(Reason.DAMAGED, () -> open(again));
    }

    private static void assertUnreadable(Reason reason, ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        UnreadableException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }

    private static List<Bytes> chunks(Bytes bytes) {
        List<Bytes> chunks = new ArrayList<>();
        for (int at = HEADER; at < bytes.size(); ) {
            int size = 5 + bytes.slice(at + 1, 4).asByteBuffer().getInt();
            chunks.add(bytes.slice(at, size));
            at += size;
        }
        return chunks;
    }

    private static Bytes tail(Bytes chunk) {
        return chunk.slice(1, chunk.size() - 1);
    }
}
