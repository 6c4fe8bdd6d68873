package dev.pychat.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConversationIdsTest {

    private static final Realm REALM = new Realm(Bytes.fromHex("00112233445566778899aabbccddeeff"));

    @Test
    void bothSidesComputeTheSame() {
        assertThat(ConversationIds.of(REALM, name("bob"), name("ann")))
                .isEqualTo(ConversationIds.of(REALM, name("ann"), name("bob")));
    }

    @Test
    void isTheHashOfLabelRealmAndBothNamesBehindTheirLengths() {
        Bytes input = Bytes.concat(ascii("pychat/1 conversation id\0"), REALM.value(), ascii("\3ann\3bob"));
        assertThat(ConversationIds.of(REALM, name("bob"), name("ann")).value()).isEqualTo(Sha256.of(input));
    }

    @Test
    void namesThatJoinToTheSameTextAreOtherConversations() {
        assertThat(ConversationIds.of(REALM, name("aab"), name("cc")))
                .isNotEqualTo(ConversationIds.of(REALM, name("aa"), name("bcc")));
    }

    @Test
    void anotherRealmIsAnotherConversation() {
        Realm other = new Realm(Bytes.fromHex("ff112233445566778899aabbccddeeff"));
        assertThat(ConversationIds.of(other, name("ann"), name("bob")))
                .isNotEqualTo(ConversationIds.of(REALM, name("ann"), name("bob")));
    }

    @Test
    void nobodyConversesWithOneself() {
        assertThatIllegalArgumentException().isThrownBy(() -> ConversationIds.of(REALM, name("ann"), name("ann")));
    }

    private static Username name(String value) {
        return new Username(value);
    }

    private static Bytes ascii(String text) {
        return Bytes.adopt(text.getBytes(StandardCharsets.US_ASCII));
    }
}
