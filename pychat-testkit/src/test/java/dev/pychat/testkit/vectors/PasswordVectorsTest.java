package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.crypto.secret.RecoveryTextException;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Keys that come from a passphrase, and the boxes that they seal. */
class PasswordVectorsTest {

    static final String RESOURCE = "/dev/pychat/testkit/vectors/passwords.json";

    private static final JsonObject ALL = Vectors.load(RESOURCE);
    private static final Realm REALM = new Realm(hex(ALL, "realm"));

    @TestFactory
    Stream<DynamicTest> aPassphraseGivesTheVectorsKeys() {
        return Vectors.objects(ALL.getAsJsonArray("passwords")).stream()
                .map(each -> DynamicTest.dynamicTest(string(each, "typed"), () -> derive(each)));
    }

    @TestFactory
    Stream<DynamicTest> aBoxIsSealedToTheVectorsBytesAndOpens() {
        return Vectors.objects(ALL.getAsJsonArray("boxes")).stream()
                .map(each -> DynamicTest.dynamicTest(string(each, "purpose"), () -> sealAndOpen(each)));
    }

    @TestFactory
    Stream<DynamicTest> aRecoverySecretHasTheVectorsTextAndKey() {
        return Vectors.objects(ALL.getAsJsonArray("recovery")).stream()
                .map(each -> DynamicTest.dynamicTest(string(each, "text"), () -> recover(each)));
    }

    private static void recover(JsonObject vector) throws Exception {
        try (SecretBytes bytes = SecretBytes.adopt(hex(vector, "secret").toArray());
                RecoverySecret secret = RecoverySecret.of(bytes);
                SecretBytes ofPassphrase =
                        SecretBytes.adopt(hex(vector, "passphraseVaultKey").toArray());
                SecretBytes both = secret.vaultKey(ofPassphrase)) {
            assertThat(new String(secret.text())).isEqualTo(string(vector, "text"));
            Bytes vaultKey = both.reveal(Bytes::copyOf);
            assertThat(vaultKey).isEqualTo(hex(vector, "vaultKey"));
            for (JsonElement typed : vector.getAsJsonArray("typed")) {
                assertThat(RecoverySecret.parse(typed.getAsString().toCharArray()))
                        .isEqualTo(secret);
            }
            for (JsonElement slip : vector.getAsJsonArray("slips")) {
                assertThatThrownBy(() -> RecoverySecret.parse(slip.getAsString().toCharArray()))
                        .isInstanceOf(RecoveryTextException.class);
            }
        }
    }

    private static void derive(JsonObject vector) throws Exception {
        PasswordCost cost = new PasswordCost(
                vector.get("memoryKiB").getAsInt(),
                vector.get("passes").getAsInt(),
                vector.get("lanes").getAsInt());
        Username user = new Username(string(vector, "user"));
        try (Passphrase passphrase = Passphrase.of(string(vector, "typed").toCharArray());
                PasswordKeys keys = PasswordKeys.derive(passphrase, REALM, user, hex(vector, "salt"), cost)) {
            Bytes loginSecret = keys.loginSecret().reveal(Bytes::copyOf);
            Bytes vaultKey = keys.vaultKey().reveal(Bytes::copyOf);
            assertThat(loginSecret).isEqualTo(hex(vector, "loginSecret"));
            assertThat(vaultKey).isEqualTo(hex(vector, "vaultKey"));
        }
    }

    private static void sealAndOpen(JsonObject vector) throws Exception {
        Label purpose = Arrays.stream(Label.values())
                .filter(label -> label.text().equals(string(vector, "purpose")))
                .findAny()
                .orElseThrow();
        ScriptedRandom random = new ScriptedRandom().then(hex(vector, "salt"));
        Bytes context = hex(vector, "context");
        byte[] content = hex(vector, "content").toArray();
        try (SecretBytes key = SecretBytes.adopt(hex(vector, "key").toArray())) {
            assertThat(SealedBox.seal(purpose, key, context, content, random)).isEqualTo(hex(vector, "box"));
            assertThat(SealedBox.open(purpose, key, context, hex(vector, "box")))
                    .isEqualTo(content);
        }
    }
}
