package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.keyring.VaultTypes;
import dev.pychat.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a person has set for the whole account, on whichever device (ENVELOPE.md, section 14: vault entries of type 8). Immutable.
 *
 * <pre>
 * u8 receipts (0 or 1) | u64 counter
 * </pre>
 *
 * @param receipts whether receipts are sent
 * @param counter 0 for what holds unless somebody has changed it, and one more for each change
 */
record AccountSettings(boolean receipts, long counter) {

    static final AccountSettings DEFAULT = new AccountSettings(true, 0);

    /** What the entry of the vault is about. */
    private static final Bytes RECEIPTS = Bytes.adopt("receipts".getBytes(StandardCharsets.US_ASCII));

    /** The same with receipts as the person wants them now. */
    AccountSettings withReceipts(boolean sent) {
        return sent == receipts ? this : new AccountSettings(sent, counter + 1);
    }

    /** The later of two; of two that were changed at the same time, the one that tells others less. */
    AccountSettings with(AccountSettings other) {
        if (other.counter != counter) {
            return other.counter > counter ? other : this;
        }
        return receipts ? other : this;
    }

    /** What goes into the vault; to be closed by the caller. */
    List<VaultEntry> entries() {
        if (counter == 0) {
            return List.of();
        }
        SecretBytes value = SecretBytes.adopt(new byte[] {(byte) (receipts ? 1 : 0)});
        return List.of(new VaultEntry(VaultTypes.SETTING, RECEIPTS, counter, false, value));
    }

    /** These, or later ones that a vault or a backup has; a value that makes no sense says nothing. */
    AccountSettings with(Vault vault) {
        AccountSettings next = this;
        for (VaultEntry entry : vault.entries()) {
            if (entry.type() == VaultTypes.SETTING && entry.key().equals(RECEIPTS) && entry.counter() > 0) {
                next = next.with(entry);
            }
        }
        return next;
    }

    private AccountSettings with(VaultEntry entry) {
        Bytes value = entry.value().reveal(Bytes::copyOf);
        boolean known = !entry.tombstone() && value.size() == 1 && (value.at(0) == 0 || value.at(0) == 1);
        return known ? with(new AccountSettings(value.at(0) == 1, entry.counter())) : this;
    }

    void write(BinaryWriter out) {
        out.bool(receipts).u64(counter);
    }

    static AccountSettings read(BinaryReader in) throws MalformedException {
        return new AccountSettings(in.bool("receipts"), in.u64("counter"));
    }
}
