package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.audit.Audit;
import dev.pychat.audit.AuditListener;
import dev.pychat.audit.AuditReport;
import dev.pychat.crypto.open.KeyPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of that which was typed stands in evidence. */
class EvidenceScreenTest {
    @TempDir
    Path folder;

    private House house;

    @BeforeEach
    void meet() throws Exception {
        house = new House();
        house.signUp("alice");
        house.signUp("bob");
    }

    @AfterEach
    void end() {
        house.close();
    }

    private House.Result alice(String... lines) throws Exception {
        String[] all = new String[lines.length + 3];
        all[0] = "!login";
        all[1] = "alice";
        all[2] = House.PASSPHRASE;
        System.arraycopy(lines, 0, all, 3, lines.length);
        return house.script("alice", all);
    }

    private AuditReport audit(Path file) throws Exception {
        return Audit.of(file, KeyPolicy.acceptPublishedTestKeysInsecurely(), new AuditListener() {});
    }

    @Test
    void linesTypedBeforeItAreInIt() throws Exception {
        Path first = folder.resolve("first");
        Path third = folder.resolve("third");
        House.Result result = alice(
                "!talk bob", "one", "!evidence bob " + first, "two", "three", "!evidence bob " + third + " with keys");
        assertThat(result.done()).as("%s", result).isTrue();
        assertThat(audit(first).counts().sealed()).isEqualTo(1);
        assertThat(audit(third).counts().read()).isEqualTo(3);
        assertThat(result.output())
                .contains("positions 1 to 1", "positions 1 to 3")
                .doesNotContain("unsent");
    }

    @Test
    void lineThatCannotGoOutIsSaidToBeMissing() throws Exception {
        alice("!talk bob", "before");
        house.script(
                "bob", "!login", "bob", House.PASSPHRASE, "!reset-identity", House.PASSPHRASE, "another passphrase");
        house.keep("alice", "bob", "hello again");
        Path file = folder.resolve("file");
        House.Result result = alice("!evidence bob " + file);
        assertThat(result.done()).as("%s", result).isFalse();
        assertThat(result.output())
                .contains("1 message to bob is still unsent, and not in the evidence.", "positions 1 to 1");
        assertThat(audit(file).counts().sealed()).isEqualTo(1);
    }
}
