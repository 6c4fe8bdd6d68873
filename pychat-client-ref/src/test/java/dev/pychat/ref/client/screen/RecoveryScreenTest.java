package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.ref.client.text.QrReader;
import dev.pychat.store.memory.MemoryClientStores;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recovery secret at a terminal and in a script. */
class RecoveryScreenTest {
    private static final Pattern SECRET = Pattern.compile("(?m)^ {4}((?:[a-z2-9]{4}-){6}[a-z2-9]{4})$");

    private House house;

    @BeforeEach
    void start() throws Exception {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private String signUp() throws Exception {
        House.Result made = house.script("alice", "!signup recovery", "alice", House.PASSPHRASE);
        assertThat(made.done()).as(made.output()).isTrue();
        return secret(made.output());
    }

    private static String secret(String output) {
        Matcher found = SECRET.matcher(output);
        assertThat(found.find()).as(output).isTrue();
        return found.group(1);
    }

    @Test
    void sheetHasTextAndTheSameAsACode() throws Exception {
        House.Result made = house.script("alice", "!signup recovery", "alice", House.PASSPHRASE);
        String secret = secret(made.output());
        List<String> code = made.lines().stream().filter(QrReader::isRow).toList();
        assertThat(QrReader.read(code))
                .isEqualTo("PYCHAT:R:1:" + secret.replace("-", "").toUpperCase(Locale.ROOT));
    }

    @Test
    void scriptNeedsTheSecretOnANewDeviceAndNotOnAKnownOne() throws Exception {
        String secret = signUp();
        assertThat(house.script("alice", "!login", "alice", House.PASSPHRASE).done())
                .isTrue();
        House.Result missing = house.script("tablet", "!login", "alice", House.PASSPHRASE);
        assertThat(missing.done()).isFalse();
        assertThat(missing.output()).contains("has a recovery secret", "!LOGIN recovery takes it");
        House.Result slip = house.script("tablet", "!login recovery", "alice", House.PASSPHRASE, secret.substring(1));
        assertThat(slip.output()).contains("it has 27 letters and digits").doesNotContain(secret.substring(1));
        House.Result in = house.script(
                "tablet", "!login recovery", "alice", House.PASSPHRASE, secret.toUpperCase(Locale.ROOT), "!list");
        assertThat(in.done()).as(in.output()).isTrue();
        assertThat(in.output()).doesNotContain(secret, House.PASSPHRASE);
    }

    @Test
    void personIsAskedForItAndComesBackToThePromptAfterASlip() throws Exception {
        String secret = signUp();
        String other = secret(
                house.script("bob", "!signup recovery", "bob", House.PASSPHRASE).output());
        house.own("tablet", new MemoryClientStores());
        try (Person tablet = house.person("tablet")) {
            tablet.sees("pychat> ");
            tablet.types("!login", "alice", House.PASSPHRASE).sees("Recovery secret (from the sheet): ");
            tablet.types("abcd").sees("it has 4 letters and digits");
            tablet.sees("pychat> ");
            tablet.types("!login", "alice", House.PASSPHRASE).sees("Recovery secret (from the sheet): ");
            tablet.types(other).sees("not the present recovery secret");
            tablet.sees("pychat> ");
            tablet.types("!login", "alice", House.PASSPHRASE).sees("Recovery secret (from the sheet): ");
            tablet.types(secret).sees("alice> ");
            assertThat(tablet.leaves()).isTrue();
        }
    }

    @Test
    void madeLaterRenewedAndTakenAway() throws Exception {
        house.signUp("alice");
        House.Result wrong =
                house.script("alice", "!login", "alice", House.PASSPHRASE, "!recovery", "not the passphrase");
        assertThat(wrong.done()).isFalse();
        House.Result made = house.script("alice", "!login", "alice", House.PASSPHRASE, "!recovery", House.PASSPHRASE);
        assertThat(made.done()).as(made.output()).isTrue();
        String secret = secret(made.output());
        assertThat(house.script("tablet", "!login recovery", "alice", House.PASSPHRASE, secret)
                        .done())
                .isTrue();
        House.Result changed = house.script(
                "alice", "!login", "alice", House.PASSPHRASE, "!passwd", House.PASSPHRASE, "another passphrase");
        assertThat(changed.done()).isTrue();
        House.Result again = house.script(
                "tablet", "!login changed recovery", "alice", House.PASSPHRASE, "another passphrase", secret);
        assertThat(again.done()).as(again.output()).isTrue();
        House.Result off =
                house.script("alice", "!login", "alice", "another passphrase", "!recovery off", "another passphrase");
        assertThat(off.done()).as(off.output()).isTrue();
        assertThat(house.script("phone", "!login", "alice", "another passphrase")
                        .done())
                .isTrue();
    }

    @Test
    void misplacedLogInWithASecretSendsNothingOfItToThePeer() throws Exception {
        String secret = signUp();
        house.signUp("bob");
        House.Result result = house.script(
                "alice",
                "!login",
                "alice",
                House.PASSPHRASE,
                "!talk bob",
                "!login changed recovery",
                "alice",
                "before it",
                "after it",
                secret,
                "hello");
        assertThat(result.done()).isFalse();
        assertThat(house.script("bob", "!login", "bob", House.PASSPHRASE, "!talk alice")
                        .output())
                .contains("[alice]: hello")
                .doesNotContain(secret, "before it", "after it");
    }
}
