package dev.pychat.client;

import static dev.pychat.client.PeerBundles.NOW;
import static dev.pychat.client.PeerBundles.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.envelope.OwnHeader;
import dev.pychat.key.BundleMark;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnWordTest {

    private static final KeyBundle FIRST = bundle(1, 1, 1);
    private static final KeyBundle SECOND = bundle(2, 1, 2);
    private static final KeyBundle THIRD = bundle(3, 1, 3);

    private static Ed25519PublicKey key(KeyBundle of) {
        return of.fields().identity();
    }

    private static Fingerprint who(KeyBundle of) {
        return Fingerprint.of(key(of));
    }

    private static OwnHeaders.Named named(KeyBundle bundle, long at) {
        return new OwnHeaders.Named(
                new OwnHeader(who(bundle), BundleMark.of(bundle), 1, bundle.suite()), new Position(at));
    }

    private static OwnWord word(Map<Fingerprint, Ed25519PublicKey> makers, OwnHeaders.Named... named) {
        return new OwnWord(List.of(named), makers, 1);
    }

    private static String span(AcceptedIdentity identity) {
        return identity.pinned().from() + " to " + identity.pinned().to();
    }

    @Test
    void pinThatKnowsTheOneNamedLastStands() {
        OwnWord word = word(Map.of(), named(FIRST, 1), named(SECOND, 7));
        Pin pin = Pin.first(FIRST, false, NOW);
        assertThat(word.wanted(Optional.of(pin))).contains(who(SECOND));
        assertThat(word.wanted(Optional.of(pin.accepting(SECOND, PinTest.place(7, 6), NOW))))
                .isEmpty();
        Pin later = Pin.first(SECOND, false, NOW).accepting(THIRD, PinTest.place(9, 8), NOW);
        assertThat(word.wanted(Optional.of(later))).isEmpty();
        assertThat(word.wanted(Optional.empty())).contains(who(SECOND));
        assertThat(word(Map.of()).wanted(Optional.empty())).isEmpty();
    }

    @Test
    void withoutAPinEachOneThatWasNamedCountsUpToTheNext() {
        OwnWord word = word(
                Map.of(who(FIRST), key(FIRST), who(SECOND), key(SECOND)),
                named(FIRST, 1),
                named(SECOND, 5),
                named(THIRD, 9));
        Pin pin = word.pin(Optional.empty(), key(THIRD), NOW);
        assertThat(pin.accepted().stream().map(AcceptedIdentity::key))
                .containsExactly(key(THIRD), key(SECOND), key(FIRST));
        assertThat(pin.accepted().stream().map(OwnWordTest::span))
                .containsExactly("1 to " + Long.MAX_VALUE, "1 to 8", "1 to 4");
        assertThat(pin.newest()).isEqualTo(BundleMark.of(THIRD));
        assertThat(pin.counter()).isEqualTo(1);
        assertThat(pin.verified()).isFalse();
        assertThat(pin.here().reopen()).isTrue();
    }

    @Test
    void pinThatIsBehindGivesWay() {
        OwnWord word = word(Map.of(), named(FIRST, 1), named(SECOND, 5));
        Pin behind = Pin.first(FIRST, false, NOW).marked(true);
        Pin pin = word.pin(Optional.of(behind), SECOND, NOW);
        assertThat(pin.accepted().stream().map(OwnWordTest::span)).containsExactly("1 to " + Long.MAX_VALUE, "1 to 4");
        assertThat(pin.present()).isEqualTo(key(SECOND));
        assertThat(pin.here().bundle()).contains(SECOND);
        assertThat(pin.counter()).isGreaterThan(behind.counter());
        assertThat(pin.verified()).isFalse();
    }

    @Test
    void keyIsThatOfAHeaderThatItsOwnerMade() {
        OwnWord word = word(Map.of(who(FIRST), key(FIRST)), named(FIRST, 1));
        assertThat(word.key(who(FIRST))).contains(key(FIRST));
        assertThat(word.key(who(SECOND))).isEmpty();
    }

    @Test
    void suiteOfTheOwnHeadersIsTheLeastThatIsTaken() {
        KeyBundle hybrid = PeerBundles.hybrid(1, 2, FIRST.hash(), 1);
        OwnWord word = word(Map.of(), named(hybrid, 1));
        assertThat(word.pin(Optional.empty(), key(FIRST), NOW).minimumSuite()).isEqualTo(2);
        assertThat(word.pin(Optional.empty(), FIRST, NOW).minimumSuite()).isEqualTo(2);
        Pin behind = Pin.first(FIRST, false, NOW);
        assertThat(word.raising(behind).minimumSuite()).isEqualTo(2);
        Pin another = Pin.first(SECOND, false, NOW);
        assertThat(word.raising(another)).isEqualTo(another);
    }
}
