package dev.pychat.key;

import static dev.pychat.key.TestBundles.ANN;
import static dev.pychat.key.TestBundles.BEGIN;
import static dev.pychat.key.TestBundles.IDENTITY;
import static dev.pychat.key.TestBundles.REALM;
import static dev.pychat.key.TestBundles.RSA_SECTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the identity before says of the one that signs the bundle. */
class SuccessionTest {

    private static final Ed25519PrivateKey BEFORE = Ed25519PrivateKey.generate(new SeededRandom(7));
    private static final Ed25519PublicKey NEXT = IDENTITY.publicKey();

    private final Succession statement = statement(REALM, ANN, NEXT, BEGIN);

    @Test
    void aStatementIsFoundInTheBundleOfTheOneItNames() {
        assertThat(Succession.in(bundle(statement.section()))).contains(statement);
    }

    @Test
    void aBundleWithoutOneSaysNothing() {
        assertThat(Succession.in(bundle())).isEmpty();
    }

    @Test
    void theStatementIsTheDocumentedOne() {
        Bytes bytes = Succession.statement(REALM, ANN, NEXT, Instant.ofEpochMilli(1));
        assertThat(bytes)
                .isEqualTo(Bytes.concat(
                        REALM.value(), Bytes.fromHex("03616e6e"), NEXT.value(), Bytes.fromHex("0000000000000001")));
    }

    @Test
    void aStatementForAnotherSaysNothing() {
        Ed25519PublicKey other = Ed25519PrivateKey.generate(new SeededRandom(8)).publicKey();
        for (Succession foreign : List.of(
                statement(new Realm(Bytes.fromHex("ff".repeat(16))), ANN, NEXT, BEGIN),
                statement(REALM, new Username("eve"), NEXT, BEGIN),
                statement(REALM, ANN, other, BEGIN),
                new Succession(statement.before(), BEGIN.plusMillis(1), statement.signature()),
                new Succession(other, BEGIN, statement.signature()))) {
            assertThat(Succession.in(bundle(foreign.section()))).isEmpty();
        }
    }

    @Test
    void aStatementOfADeviceOrAnotherSuiteSaysNothing() {
        Bytes content = statement.section().key();
        DeviceId device = DeviceId.random(new SeededRandom(1));
        assertThat(Succession.in(bundle(new KeySection(Succession.SECTION, device, content))))
                .isEmpty();
        assertThat(Succession.in(bundle(new KeySection(new Suite(0xfffe), DeviceId.ACCOUNT, content))))
                .isEmpty();
    }

    @Test
    void whatIsNoStatementSaysNothingAndHarmsNothing() {
        Bytes content = statement.section().key();
        assertThat(content.size()).isEqualTo(32 + 8 + 64);
        assertSilent(Bytes.EMPTY);
        assertSilent(content.slice(0, content.size() - 1));
        assertSilent(Bytes.concat(content, Bytes.fromHex("00")));
        assertSilent(Bytes.concat(Bytes.adopt(new byte[32]), content.slice(32, content.size() - 32)));
    }

    private static void assertSilent(Bytes content) {
        KeySection section = new KeySection(Succession.SECTION, DeviceId.ACCOUNT, content);
        assertThat(Succession.in(bundle(section))).isEmpty();
    }

    private static Succession statement(Realm realm, Username account, Ed25519PublicKey next, Instant time) {
        Bytes signed = Succession.statement(realm, account, next, time);
        return new Succession(BEFORE.publicKey(), time, BEFORE.sign(Label.SUCCESSION, signed));
    }

    private static KeyBundle bundle(KeySection... more) {
        List<KeySection> sections = new ArrayList<>(List.of(RSA_SECTION));
        sections.addAll(List.of(more));
        return TestBundles.sections(sections);
    }
}
