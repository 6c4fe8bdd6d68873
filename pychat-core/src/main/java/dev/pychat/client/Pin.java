package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.envelope.HybridSince;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.key.BundleException;
import dev.pychat.key.BundleMark;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this account knows of a peer's identity. Immutable. All but {@link #here} goes into the account's vault.
 *
 * @param accepted the accepted identities, the present one first, each with the part of the conversation it counts for
 * @param verified whether the person has compared the safety number with the present identity
 * @param counter grows with each change of what goes into the vault, 1 at first contact
 * @param here what this device has beside it
 */
record Pin(List<AcceptedIdentity> accepted, boolean verified, long counter, PinHere here) {

    /** The most identities; of more, the oldest are forgotten, and on a new device their messages open no longer. */
    static final int MAX_IDENTITIES = 64;

    private static final int BEFORE_SUITES = 2;
    private static final int FORMAT = 3;
    private static final int VAULT_FORMAT = 1;

    Pin {
        accepted = List.copyOf(accepted);
        if (accepted.isEmpty() || accepted.size() > MAX_IDENTITIES || counter < 1) {
            throw new IllegalArgumentException("a pin of " + accepted.size() + " identities and counter " + counter);
        }
    }

    /**
     * The first contact: what the server hands out now is believed, and nothing else later.
     *
     * @param late whether there are messages already
     */
    static Pin first(KeyBundle bundle, boolean late, Instant now) {
        AcceptedIdentity only = AcceptedIdentity.of(bundle, Position.FIRST, now);
        return new Pin(List.of(only), false, 1, PinHere.of(bundle, late));
    }

    Ed25519PublicKey present() {
        return accepted.get(0).key();
    }

    /** The highest suite seen from the present identity. */
    int minimumSuite() {
        return accepted.get(0).minimumSuite();
    }

    /** The bundle with the highest serial seen of the present identity. */
    BundleMark newest() {
        return accepted.get(0).newest();
    }

    /** The changes from one identity to the next, the latest first. */
    List<AcceptedChange> changes() {
        List<AcceptedChange> changes = new ArrayList<>();
        for (int i = 0; i + 1 < accepted.size(); i++) {
            AcceptedIdentity after = accepted.get(i);
            Fingerprint before = Fingerprint.of(accepted.get(i + 1).key());
            changes.add(new AcceptedChange(after.pinned().from(), after.since(), before, Fingerprint.of(after.key())));
        }
        return changes;
    }

    /** The identities as envelopes are held against them. */
    List<PinnedIdentity> identities() {
        return accepted.stream().map(AcceptedIdentity::pinned).toList();
    }

    /** Whether a bundle may follow what was seen; the same one does. */
    void check(KeyBundle offered) throws BundleException {
        offered.checkSucceeds(present(), newest());
    }

    /** With a bundle that {@link #check} lets pass. What the server offered in its place is of the past. */
    Pin with(KeyBundle newer) {
        return with(accepted.get(0).with(newer)).with(here.with(newer));
    }

    /** With a bundle that offers less than one before it, which the person has accepted. */
    Pin lowered(KeyBundle newer) {
        return with(accepted.get(0).lowered(newer)).with(here.lowered(newer));
    }

    /** With a minimum that is not below what is known to have been offered. */
    Pin atLeast(Suite suite) {
        return with(accepted.get(0).atLeast(suite));
    }

    private Pin with(AcceptedIdentity present) {
        if (present.equals(accepted.get(0))) {
            return this;
        }
        List<AcceptedIdentity> next = new ArrayList<>(accepted);
        next.set(0, present);
        return new Pin(next, verified, counter + 1, here);
    }

    Pin with(PinHere next) {
        return new Pin(accepted, verified, counter, next);
    }

    Pin marked(boolean asVerified) {
        return asVerified == verified ? this : new Pin(accepted, asVerified, counter + 1, here);
    }

    /**
     * With an identity that the person has accepted. It has to be compared anew.
     *
     * @param bundle the newest bundle of the new identity
     * @param place where it takes the place of the present one
     */
    Pin accepting(KeyBundle bundle, ChangePlace place, Instant now) {
        List<AcceptedIdentity> next = new ArrayList<>(accepted);
        next.set(0, accepted.get(0).until(place.until()));
        next.add(0, AcceptedIdentity.of(bundle, place.from(), now));
        return new Pin(
                next.subList(0, Math.min(next.size(), MAX_IDENTITIES)), false, counter + 1, PinHere.of(bundle, true));
    }

    /** The form in which this device keeps it. */
    Bytes encode() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(FORMAT);
            write(out);
            here.write(out);
            return out.toBytes();
        }
    }

    static Pin decode(Bytes raw) throws MalformedException {
        BinaryReader in = new BinaryReader("pin", raw);
        int format = in.u8("format", BEFORE_SUITES, FORMAT);
        Pin pin = read(in).with(PinHere.read(in, format == BEFORE_SUITES));
        in.end();
        return pin;
    }

    /** The value of its vault entry, whose counter is {@link #counter}. */
    Bytes vaultForm() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(VAULT_FORMAT);
            write(out);
            return out.toBytes();
        }
    }

    static Pin ofVault(Bytes value) throws MalformedException {
        BinaryReader in = new BinaryReader("pin of a vault", value);
        in.u8("format", VAULT_FORMAT, VAULT_FORMAT);
        Pin pin = read(in);
        in.end();
        return pin;
    }

    /** What this device keeps when a vault's pin is to count: its own bundle if it is still the newest. */
    Pin givingWayTo(Pin vaulted) {
        Optional<KeyBundle> bundle =
                here.bundle().filter(known -> BundleMark.of(known).equals(vaulted.newest()));
        Optional<OfferedIdentity> offered =
                here.offered().filter(other -> !other.key().equals(vaulted.present()));
        boolean another = !vaulted.present().equals(present());
        // Where another device has accepted less, what was offered before says nothing of what comes now.
        boolean lowered = vaulted.minimumSuite() < minimumSuite();
        // Another span of an identity, or a weaker suite that counts, may open what did not.
        boolean reopen = here.reopen() || lowered || !identities().equals(vaulted.identities());
        long since = another || lowered ? HybridSince.NOT_KNOWN : here.hybridSince();
        return vaulted.with(new PinHere(bundle, offered, reopen, here.reseal() || another, since));
    }

    private void write(BinaryWriter out) {
        out.u8(accepted.size());
        accepted.forEach(identity -> identity.write(out));
        out.bool(verified).u64(counter);
    }

    private static Pin read(BinaryReader in) throws MalformedException {
        int count = in.u8("count of identities", 1, MAX_IDENTITIES);
        List<AcceptedIdentity> accepted = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            accepted.add(AcceptedIdentity.read(in));
        }
        boolean verified = in.bool("verified");
        long counter = in.u64("counter");
        if (counter < 1) {
            throw in.malformed("counter 0");
        }
        return new Pin(accepted, verified, counter, PinHere.NOTHING);
    }
}
