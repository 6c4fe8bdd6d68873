package dev.pychat.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvidenceFormatTest {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");
    private static final Instant NOW = Instant.parse("2026-11-22T14:03:00Z");
    private static final Bytes BUNDLE = Bytes.fromHex("0102");
    private static final Bytes HEADER = Bytes.fromHex("0304");
    private static final StoredMessage MESSAGE = new StoredMessage(
            new ConversationId(filled(ConversationId.SIZE, 1)),
            new Position(7),
            BOB,
            new MessageId(filled(MessageId.SIZE, 2)),
            new LaneId(filled(LaneId.SIZE, 3)),
            new EpochName(filled(EpochName.SIZE, 4)),
            0,
            true,
            NOW,
            new Envelope(Bytes.fromHex("05")));
    private static final AbsentMessage ABSENT = new AbsentMessage(
            AbsentMessage.Reason.ANOTHER_GIVEN,
            ALICE,
            new MessageId(filled(MessageId.SIZE, 6)),
            LaneId.NONE,
            filled(32, 7));

    @Test
    void everyRecordComesBackAsItWasWritten() throws Exception {
        EvidenceReader reader = EvidenceReader.begin(new ByteArrayInputStream(file()));
        List<EvidenceRecord> records = new ArrayList<>();
        for (Optional<EvidenceRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            records.add(next.get());
        }
        assertThat(records)
                .containsExactly(
                        new EvidenceRecord.Scope(scope(2, true)),
                        new EvidenceRecord.Bundle(BUNDLE),
                        new EvidenceRecord.Epoch(Optional.of(SecretBytes.adopt(new byte[32])), HEADER),
                        new EvidenceRecord.Epoch(Optional.empty(), BUNDLE),
                        EvidenceRecord.Message.of(MESSAGE),
                        new EvidenceRecord.Absent(ABSENT));
    }

    @Test
    void everyBeginningOfAFileIsRefused() throws IOException {
        byte[] file = file();
        for (int size = 0; size < file.length; size++) {
            assertDamaged(Arrays.copyOf(file, size));
        }
        assertDamaged(Arrays.copyOf(file, file.length + 1));
    }

    @Test
    void everyChangedBitIsNoticed() throws IOException {
        byte[] file = file();
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(EvidenceException.class).isThrownBy(() -> readThrough(changed));
        }
    }

    @Test
    void anyBytesGiveOneKindOfException() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] label = Label.EVIDENCE.bytes().toArray();
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            if (bytes.length > 40 && i % 2 == 0) {
                System.arraycopy(label, 0, bytes, 0, label.length);
                ByteBuffer.wrap(bytes, label.length, 6)
                        .put((byte) 1)
                        .put((byte) (1 + random.nextInt(6)))
                        .putInt(random.nextInt(60));
            }
            assertThatExceptionOfType(EvidenceException.class)
                    .as("seed %d", seed)
                    .isThrownBy(() -> readThrough(bytes));
        }
    }

    @Test
    void newerVersionIsToldFromDamage() throws IOException {
        byte[] file = file();
        file[Label.EVIDENCE.bytes().size()] = 2;
        assertThatExceptionOfType(EvidenceException.class)
                .isThrownBy(() -> readThrough(file))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(EvidenceException.Problem.NEWER_VERSION));
    }

    @Test
    void lengthIsHeldAgainstItsLimitBeforeMemoryIsTaken() {
        ByteBuffer huge = ByteBuffer.allocate(24);
        huge.put(Label.EVIDENCE.bytes().toArray()).put((byte) 1).put((byte) 4).putInt(Integer.MAX_VALUE);
        assertThatExceptionOfType(EvidenceException.class)
                .isThrownBy(() -> readThrough(huge.array()))
                .withMessageContaining("2147483647 bytes");
    }

    @Test
    void recordOutOfItsPlaceIsNotWritten() throws IOException {
        EvidenceWriter writer = EvidenceWriter.begin(new ByteArrayOutputStream(), scope(1, false));
        writer.epoch(HEADER);
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.bundle(BUNDLE))
                .withMessageContaining("place");
        assertThatIllegalStateException().isThrownBy(() -> writer.epoch(HEADER)).withMessageContaining("twice");
        try (SecretBytes secret = SecretBytes.adopt(new byte[32])) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> writer.epoch(BUNDLE, secret))
                    .withMessageContaining("secret");
        }
        assertThatIllegalStateException().isThrownBy(writer::finish).withMessageContaining("before 1");
        writer.message(MESSAGE);
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.absent(ABSENT))
                .withMessageContaining("more");
        writer.finish();
    }

    @Test
    void scopeHasLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> scope(EvidenceScope.MAX_MESSAGES + 1, false));
        assertThat(scope(EvidenceScope.MAX_MESSAGES, false).messages()).isEqualTo(EvidenceScope.MAX_MESSAGES);
        assertThat(scope(0, false).messages()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> scope(-1, false));
    }

    private static byte[] file() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EvidenceWriter writer = EvidenceWriter.begin(out, scope(2, true));
        writer.bundle(BUNDLE);
        try (SecretBytes secret = SecretBytes.adopt(new byte[32])) {
            writer.epoch(HEADER, secret);
        }
        writer.epoch(BUNDLE);
        writer.message(MESSAGE);
        writer.absent(ABSENT);
        writer.finish();
        return out.toByteArray();
    }

    private static EvidenceScope scope(int messages, boolean withSecrets) {
        try (Ed25519PrivateKey own = Ed25519PrivateKey.ofSeed(SecretBytes.adopt(new byte[32]))) {
            return new EvidenceScope(
                    new Realm(filled(Realm.SIZE, 9)),
                    ALICE,
                    BOB,
                    NOW,
                    new Position(7),
                    new Position(6 + messages),
                    withSecrets,
                    List.of(own.publicKey()),
                    List.of(PinnedIdentity.since(own.publicKey(), new Position(3))));
        }
    }

    private static Bytes filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return Bytes.adopt(bytes);
    }

    private static void assertDamaged(byte[] file) {
        assertThatExceptionOfType(EvidenceException.class)
                .isThrownBy(() -> readThrough(file))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(EvidenceException.Problem.DAMAGED));
    }

    private static void readThrough(byte[] file) throws IOException, EvidenceException {
        EvidenceReader reader = EvidenceReader.begin(new ByteArrayInputStream(file));
        while (reader.next().isPresent()) {
            assertThat(reader.recordAt()).isPositive();
        }
    }
}
