package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.ref.client.home.HomeException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownServersTest {
    private static final Bytes KEY = Bytes.fromHex("ab".repeat(32));
    private static final Bytes OTHER = Bytes.fromHex("cd".repeat(32));

    @TempDir
    Path folder;

    private KnownServers known;

    @BeforeEach
    void open() {
        known = new KnownServers(folder.resolve("known-servers"));
    }

    @Test
    void acceptedKeyIsFoundForItsHostAndPortOnly() throws IOException {
        known.accept("localhost:5050", KEY);
        known.accept("[::1]:5050", OTHER);
        assertThat(known.find("localhost:5050")).hasValue(KEY);
        assertThat(known.find("[::1]:5050")).hasValue(OTHER);
        assertThat(known.find("localhost:5051")).isEmpty();
    }

    @Test
    void laterAcceptanceTakesThePlaceOfTheEarlier() throws IOException {
        known.accept("localhost:5050", KEY);
        known.accept("localhost:5050", OTHER);
        assertThat(known.find("localhost:5050")).hasValue(OTHER);
    }

    @Test
    void lineThatIsNoneIsReportedAndTheListLeftAsItIs() throws IOException {
        Files.writeString(known.path(), "localhost:5050 sha256:abc\n");
        assertThatThrownBy(() -> known.accept("localhost:5050", KEY))
                .isInstanceOfSatisfying(
                        HomeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DAMAGED));
        assertThat(Files.readString(known.path())).isEqualTo("localhost:5050 sha256:abc\n");
    }

    @Test
    void fingerprintIsReadInEitherCaseWithOrWithoutColons() {
        assertThat(KnownServers.fingerprint("sha256:" + KEY.hex())).hasValue(KEY);
        assertThat(KnownServers.fingerprint("SHA256:" + "AB:".repeat(31) + "AB"))
                .hasValue(KEY);
        assertThat(KnownServers.fingerprint(KEY.hex())).isEmpty();
        assertThat(KnownServers.fingerprint("sha256:" + "ab".repeat(31))).isEmpty();
        assertThat(KnownServers.fingerprint("sha256:" + "zz".repeat(32))).isEmpty();
        assertThat(KnownServers.fingerprint("sha1:" + KEY.hex())).isEmpty();
    }
}
