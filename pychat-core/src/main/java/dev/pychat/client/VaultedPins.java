package dev.pychat.client;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.keyring.VaultTypes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pins of this device on their way into the account's vault and out of it. A conversation that is open takes a pin on its own
 * queue; for any other the store is written here. Used by one thread at a time.
 */
final class VaultedPins {

    private static final Logger LOG = LoggerFactory.getLogger(VaultedPins.class);

    /** The conversations that are open. Thread-safe. */
    interface OpenChats {
        /** The one with a peer, if it is open. */
        Optional<Chat> known(Username peer);

        /** All of them. */
        List<Chat> all();
    }

    private static final OpenChats NONE = new OpenChats() {
        @Override
        public Optional<Chat> known(Username peer) {
            return Optional.empty();
        }

        @Override
        public List<Chat> all() {
            return List.of();
        }
    };

    private final PinShelf pins;
    private volatile OpenChats open = NONE;

    VaultedPins(PinShelf pins) {
        this.pins = pins;
    }

    /** From now on a conversation may be open. */
    void openChats(OpenChats chats) {
        open = chats;
    }

    /** Keys have come to this device: what is open tries them, and what is not does so when it is opened. */
    void keysCame() {
        open.all().forEach(chat -> chat.trust().reopening().keysCame());
    }

    /** What this device puts into the vault; to be closed by the caller. */
    List<VaultEntry> entries() throws StoreException {
        List<VaultEntry> entries = new ArrayList<>();
        for (Username peer : pins.peers()) {
            for (Pin pin : pins.load(peer).pin().stream().toList()) {
                SecretBytes value = SecretBytes.adopt(pin.vaultForm().toArray());
                entries.add(new VaultEntry(VaultTypes.PIN, key(peer), pin.counter(), false, value));
            }
        }
        return entries;
    }

    /** Takes what the vault says of peers. */
    void take(Vault vault) throws StoreException {
        take(vault, false);
    }

    /** Takes what a backup says of peers, whose keys have come along: what did not open is tried again. */
    void takeBackup(Vault backup) throws StoreException {
        take(backup, true);
    }

    private void take(Vault vault, boolean reopen) throws StoreException {
        for (VaultEntry entry : vault.entries()) {
            if (entry.type() == VaultTypes.PIN && !entry.tombstone()) {
                take(entry, reopen);
            }
        }
    }

    private void take(VaultEntry entry, boolean reopen) throws StoreException {
        try {
            Username peer = new Username(new String(entry.key().toArray(), StandardCharsets.US_ASCII));
            Pin there = Pin.ofVault(entry.value().reveal(Bytes::copyOf));
            Pin vaulted = reopen ? there.with(there.here().reopening()) : there;
            Optional<Chat> chat = open.known(peer);
            if (chat.isPresent()) {
                chat.get().takePin(vaulted);
            } else {
                take(peer, vaulted);
            }
        } catch (MalformedException | IllegalArgumentException e) {
            LOG.warn("the vault holds a pin that makes no sense; it is left as it is");
        }
    }

    private void take(Username peer, Pin vaulted) throws StoreException {
        PinShelf.Kept kept = pins.load(peer);
        Pin next = merged(kept.pin(), vaulted);
        if (!kept.pin().equals(Optional.of(next))) {
            pins.save(peer, kept.version(), next);
        }
    }

    /** What a device has when the vault's pin was merged with its own. */
    static Pin merged(Optional<Pin> own, Pin vaulted) {
        Pin next = kept(own, vaulted);
        return vaulted.here().reopen() ? next.with(next.here().reopening()) : next;
    }

    /** By the rule by which vaults are merged: what is taken here is what is put there. */
    private static Pin kept(Optional<Pin> own, Pin vaulted) {
        if (own.isEmpty()) {
            return vaulted;
        }
        Pin mine = own.get();
        if (mine.counter() != vaulted.counter()) {
            return mine.counter() > vaulted.counter() ? mine : mine.givingWayTo(vaulted);
        }
        Pin less = PinMerge.lessTrusting(mine, vaulted);
        return less.vaultForm().equals(mine.vaultForm()) ? mine : mine.givingWayTo(less);
    }

    private static Bytes key(Username peer) {
        return Bytes.adopt(peer.value().getBytes(StandardCharsets.US_ASCII));
    }
}
