package dev.pychat.testkit.client;

import dev.pychat.backup.BackupMessage;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;

/** A message of a backup as ENVELOPE.md has it, which nobody ever sent. */
final class CraftedMessage {

    private static final SecureRandom RANDOM = new SecureRandom();

    private CraftedMessage() {}

    static BackupMessage text(Username sender, long position, String text) {
        return new BackupMessage(
                new Position(position),
                MessageId.random(RANDOM),
                new EpochName(Bytes.random(RANDOM, EpochName.SIZE)),
                0,
                Bytes.random(RANDOM, 32),
                Bytes.EMPTY,
                entry(sender, text));
    }

    private static Bytes entry(Username sender, String text) {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(1).username(sender).bool(false).time(Instant.EPOCH).time(Instant.EPOCH);
            out.bool(true).u16(1).bytes32(Bytes.adopt(text.getBytes(StandardCharsets.UTF_8)));
            return out.u8(0).toBytes();
        }
    }
}
