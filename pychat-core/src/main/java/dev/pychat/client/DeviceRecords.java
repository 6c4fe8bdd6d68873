package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.Transcript;
import dev.pychat.keyring.DeviceSealer;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreRefusedException;
import java.util.Arrays;

/**
 * What a device keeps, sealed under its key for the one place where it belongs: it opens for no other peer, position or
 * epoch. Of an epoch's secret nothing stays in memory here; what a message says does, as long as somebody has it. Thread-safe.
 */
final class DeviceRecords {

    private final DeviceSealer sealer;

    DeviceRecords(DeviceSealer sealer) {
        this.sealer = sealer;
    }

    Bytes seal(Username peer, Position position, HistoryRecord record) {
        return seal(
                Label.HISTORY_ENTRY,
                context(peer, position),
                record.encodeHere().toArray());
    }

    HistoryRecord history(Username peer, Position position, Bytes box) throws StoreRefusedException {
        String what = "message " + position + " of the history with " + peer;
        return open(what, Label.HISTORY_ENTRY, context(peer, position), box, HistoryRecord::decode);
    }

    /** An entry of an archive, which opens in no other place and never as the account's own history. */
    Bytes sealArchived(LocalAccount from, Username peer, Position position, HistoryRecord record) {
        byte[] plaintext = record.encode().toArray();
        return seal(Label.ARCHIVE_ENTRY, context(from, peer, position), plaintext);
    }

    HistoryRecord archived(LocalAccount from, Username peer, Position position, Bytes box)
            throws StoreRefusedException {
        String what = "message " + position + " of the archive with " + peer;
        return open(what, Label.ARCHIVE_ENTRY, context(from, peer, position), box, HistoryRecord::decode);
    }

    Bytes seal(Username peer, Content draft) {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u16(draft.type()).bytes32(draft.body());
            return seal(Label.DRAFT, context(peer), out.toArray());
        }
    }

    Content draft(Username peer, Bytes box) throws StoreRefusedException {
        return open("an unsent message to " + peer, Label.DRAFT, context(peer), box, DeviceRecords::content);
    }

    Bytes seal(Username peer, OpenedEpoch epoch) {
        try (SecretBytes exported = epoch.export()) {
            return exported.reveal(raw -> sealer.seal(Label.EPOCH_CACHE, context(peer, epoch.name()), raw));
        }
    }

    OpenedEpoch epoch(Username peer, EpochName name, Bytes box) throws StoreRefusedException {
        try (SecretBytes exported = SecretBytes.adopt(sealer.open(Label.EPOCH_CACHE, context(peer, name), box))) {
            return OpenedEpoch.restore(exported);
        } catch (UnsealException | MalformedException e) {
            throw unreadable("an epoch of the history with " + peer, e);
        }
    }

    Bytes seal(Username peer, Transcript transcript) {
        return seal(Label.TRANSCRIPT, context(peer), transcript.encode().toArray());
    }

    Transcript transcript(Username peer, Bytes box) throws StoreRefusedException {
        return open("the state of the history with " + peer, Label.TRANSCRIPT, context(peer), box, Transcript::decode);
    }

    Bytes seal(Username peer, Pin pin) {
        return seal(Label.PIN, context(peer), pin.encode().toArray());
    }

    Pin pin(Username peer, Bytes box) throws StoreRefusedException {
        return open("the pin of " + peer, Label.PIN, context(peer), box, Pin::decode);
    }

    Bytes seal(Username self, ServerWordRecord word) {
        return seal(Label.DEVICE_RECORD, context(self), word.encode().toArray());
    }

    ServerWordRecord serverWord(Username self, Bytes box) throws StoreRefusedException {
        return open("what is known of the own keys", Label.DEVICE_RECORD, context(self), box, ServerWordRecord::decode);
    }

    void close() {
        sealer.close();
    }

    private interface Decoder<T> {
        T decode(Bytes raw) throws MalformedException;
    }

    /** The plaintext is erased. */
    private Bytes seal(Label purpose, Bytes context, byte[] plaintext) {
        try {
            return sealer.seal(purpose, context, plaintext);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private <T> T open(String what, Label purpose, Bytes context, Bytes box, Decoder<T> decoder)
            throws StoreRefusedException {
        try {
            return decoder.decode(Bytes.adopt(sealer.open(purpose, context, box)));
        } catch (UnsealException | MalformedException e) {
            throw unreadable(what, e);
        }
    }

    private static StoreRefusedException unreadable(String what, Exception why) {
        return new StoreRefusedException(what + " can't be read on this device: " + why.getMessage(), why);
    }

    private static Content content(Bytes raw) throws MalformedException {
        BinaryReader in = new BinaryReader("draft", raw);
        Content content = HistoryRecord.content(in);
        in.end();
        return content;
    }

    private static Bytes context(Username peer) {
        try (BinaryWriter out = new BinaryWriter()) {
            return out.username(peer).toBytes();
        }
    }

    private static Bytes context(Username peer, Position position) {
        try (BinaryWriter out = new BinaryWriter()) {
            return out.username(peer).u64(position.value()).toBytes();
        }
    }

    private static Bytes context(LocalAccount from, Username peer, Position position) {
        try (BinaryWriter out = new BinaryWriter()) {
            out.raw(from.realm().value()).username(from.user());
            return out.username(peer).u64(position.value()).toBytes();
        }
    }

    private static Bytes context(Username peer, EpochName epoch) {
        try (BinaryWriter out = new BinaryWriter()) {
            return out.username(peer).raw(epoch.value()).toBytes();
        }
    }
}
