package dev.pychat.client;

import static dev.pychat.client.PeerBundles.NOW;
import static dev.pychat.client.PeerBundles.after;
import static dev.pychat.client.PeerBundles.bundle;
import static dev.pychat.client.PeerBundles.hybrid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.envelope.HybridSince;
import dev.pychat.key.BundleDefect;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PinTest {

    private static final KeyBundle FIRST = bundle(1, 1, 1);
    private static final KeyBundle CHANGED = bundle(2, 1, 2);
    private static final KeyBundle HYBRID = hybrid(1, 2, FIRST.hash(), 3);

    private final Pin first = Pin.first(FIRST, false, NOW);
    private final Pin changed = first.marked(true).accepting(CHANGED, place(7, 9), NOW);

    @Test
    void whatADeviceKeepsIsReadAgain() throws Exception {
        for (Pin pin : new Pin[] {
            first,
            first.marked(true),
            changed,
            changed.with(
                    changed.here().offering(new OfferedIdentity(FIRST.fields().identity(), true))),
            changed.with(changed.here().reopened()),
        }) {
            assertThat(Pin.decode(pin.encode())).isEqualTo(pin);
        }
    }

    @Test
    void vaultFormLeavesOutWhatIsOfThisDevice() throws Exception {
        Pin restored = Pin.ofVault(changed.vaultForm());
        assertThat(restored).isEqualTo(changed.with(PinHere.NOTHING));
        assertThat(changed.vaultForm().size()).isLessThan(300);
        assertThat(changed.with(changed.here().reopened()).vaultForm()).isEqualTo(changed.vaultForm());
    }

    @Test
    void everyChangeOfTheVaultFormRaisesTheCounter() {
        assertThat(first.counter()).isEqualTo(1);
        assertThat(first.marked(true).counter()).isEqualTo(2);
        assertThat(first.marked(false)).isEqualTo(first);
        assertThat(first.with(FIRST)).isEqualTo(first);
        assertThat(first.with(after(1, 2, FIRST.hash(), 3)).counter()).isEqualTo(2);
        assertThat(changed.counter()).isEqualTo(3);
        assertThat(first.with(first.here()
                                .offering(new OfferedIdentity(CHANGED.fields().identity(), false)))
                        .counter())
                .isEqualTo(1);
    }

    @Test
    void acceptedIdentityCountsFromItsPositionAndHasToBeComparedAnew() {
        assertThat(changed.present()).isEqualTo(CHANGED.fields().identity());
        assertThat(changed.verified()).isFalse();
        assertThat(changed.identities().get(0).counts(new Position(6))).isFalse();
        assertThat(changed.identities().get(0).counts(new Position(7))).isTrue();
        assertThat(changed.identities().get(1).counts(new Position(9))).isTrue();
        assertThat(changed.identities().get(1).counts(new Position(10))).isFalse();
        assertThat(changed.here().reopen()).isTrue();
    }

    @Test
    void pinOfAVaultTakesTheVeryBundleItNamesOrAHigherOne() throws Exception {
        Pin restored = Pin.ofVault(first.vaultForm());
        assertThatCode(() -> restored.check(FIRST)).doesNotThrowAnyException();
        assertThatCode(() -> restored.check(after(1, 2, FIRST.hash(), 3))).doesNotThrowAnyException();
        assertThatCode(() -> restored.check(bundle(1, 5, 3))).doesNotThrowAnyException();
        assertThat(restored.with(FIRST)).isEqualTo(first.with(PinHere.of(FIRST, false)));
        assertDefect(BundleDefect.BUNDLE_FORKED, () -> restored.check(bundle(1, 1, 3)));
        assertDefect(BundleDefect.WRONG_PREDECESSOR, () -> restored.check(bundle(1, 2, 3)));
        assertDefect(BundleDefect.IDENTITY_CHANGED, () -> restored.check(CHANGED));
        Pin fifth = Pin.ofVault(first.with(bundle(1, 5, 3)).vaultForm());
        assertDefect(BundleDefect.SERIAL_WENT_BACK, () -> fifth.check(FIRST));
    }

    @Test
    void vaultsPinKeepsTheBundleThatThisDeviceHasSeen() throws Exception {
        Pin marked = Pin.ofVault(first.marked(true).vaultForm());
        Pin seen = first.with(first.here().reopened());
        assertThat(seen.givingWayTo(marked)).isEqualTo(seen.marked(true));
        Pin newer = Pin.ofVault(changed.vaultForm());
        PinHere offered = seen.here().offering(new OfferedIdentity(newer.present(), false));
        assertThat(seen.with(offered).givingWayTo(newer))
                .isEqualTo(
                        newer.with(new PinHere(Optional.empty(), Optional.empty(), true, true, HybridSince.NOT_KNOWN)));
    }

    @Test
    void highestSuiteThatAnIdentityHasOfferedIsItsMinimum() {
        assertThat(first.minimumSuite()).isEqualTo(1);
        Pin raised = first.with(HYBRID);
        assertThat(raised.minimumSuite()).isEqualTo(2);
        assertThat(raised.here().hybridSince()).isEqualTo(2);
        assertThat(raised.with(after(1, 3, HYBRID.hash(), 3)).minimumSuite()).isEqualTo(2);
        Pin later = raised.with(hybrid(1, 7, HYBRID.hash(), 3));
        assertThat(later.here().hybridSince()).isEqualTo(2);
        assertThat(Pin.first(hybrid(1, 4, FIRST.hash(), 1), false, NOW).minimumSuite())
                .isEqualTo(2);
        assertThat(raised.accepting(CHANGED, place(7, 9), NOW).minimumSuite()).isEqualTo(1);
    }

    @Test
    void lesserSuiteThatThePersonHasAcceptedIsTheMinimumFromThenOn() throws Exception {
        KeyBundle lesser = after(1, 3, HYBRID.hash(), 3);
        Pin raised = first.with(HYBRID);
        Pin lowered = raised.lowered(lesser);
        assertThat(lowered.minimumSuite()).isEqualTo(1);
        assertThat(lowered.here().hybridSince()).isEqualTo(HybridSince.NOT_KNOWN);
        assertThat(lowered.counter()).isEqualTo(raised.counter() + 1);
        Pin elsewhere = raised.givingWayTo(Pin.ofVault(lowered.vaultForm()));
        assertThat(elsewhere.minimumSuite()).isEqualTo(1);
        assertThat(elsewhere.here().hybridSince()).isEqualTo(HybridSince.NOT_KNOWN);
        // What was closed because of it opens now, on both devices.
        Pin tried = raised.with(raised.here().reopened());
        assertThat(tried.lowered(lesser).here().reopen()).isTrue();
        assertThat(tried.givingWayTo(Pin.ofVault(lowered.vaultForm())).here().reopen())
                .isTrue();
    }

    @Test
    void pinThatWasKeptBeforeSuitesWereCountedIsRead() throws Exception {
        byte[] kept = first.encode().toArray();
        kept[0] = 2;
        assertThat(Pin.decode(Bytes.copyOf(kept, 0, kept.length - 8))).isEqualTo(first);
    }

    @Test
    void oldestOfTooManyIdentitiesIsForgotten() throws Exception {
        Pin pin = first;
        for (int i = 2; i <= Pin.MAX_IDENTITIES + 1; i++) {
            pin = pin.accepting(bundle(i, 1, 1), place(i, i), NOW);
        }
        assertThat(pin.accepted()).hasSize(Pin.MAX_IDENTITIES);
        assertThat(pin.identities()).noneMatch(known -> known.key().equals(first.present()));
        assertThat(Pin.decode(pin.encode())).isEqualTo(pin);
    }

    @Test
    void damagedBytesAreMalformed() {
        long seed = System.nanoTime();
        SeededRandom random = new SeededRandom(seed);
        byte[] whole = changed.encode().toArray();
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertReadOrMalformed(Bytes.adopt(damaged), seed);
            assertReadOrMalformed(Bytes.copyOf(whole, 0, random.nextInt(whole.length)), seed);
        }
    }

    private static void assertReadOrMalformed(Bytes raw, long seed) {
        try {
            assertThat(Pin.decode(raw).encode()).as("seed %d", seed).isEqualTo(raw);
        } catch (MalformedException e) {
            assertThat(e).as("seed %d", seed).hasMessageContaining("pin");
        }
    }

    private static void assertDefect(BundleDefect defect, ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        BundleException.class, e -> assertThat(e.defect()).isEqualTo(defect));
    }

    static ChangePlace place(long from, long until) {
        return new ChangePlace(new Position(from), new Position(until));
    }
}
