package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.ref.client.home.HomeException.Problem;
import dev.pychat.transport.KeyPin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownServersTest {
    private static final KeyPin KEY = new KeyPin(Bytes.fromHex("ab".repeat(32)));
    private static final KeyPin OTHER = new KeyPin(Bytes.fromHex("cd".repeat(32)));

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
    void announcedKeyIsKeptBesideTheAcceptedOneUntilThatIsReplaced() throws IOException {
        known.accept("localhost:5050", KEY);
        known.announced("localhost:5050", OTHER);
        assertThat(known.find("localhost:5050")).hasValue(KEY);
        assertThat(known.next("localhost:5050")).hasValue(OTHER);
        assertThat(known.next("localhost:5051")).isEmpty();
        known.accept("localhost:5051", KEY);
        assertThat(known.next("localhost:5050")).hasValue(OTHER);
        known.accept("localhost:5050", OTHER);
        assertThat(known.find("localhost:5050")).hasValue(OTHER);
        assertThat(known.next("localhost:5050")).isEmpty();
    }

    @Test
    void listOfANewerFormatIsLeftAsItIs() throws IOException {
        Files.writeString(known.path(), "# pychat known servers 2\nlocalhost:5050 whatever\n");
        assertThatThrownBy(() -> known.accept("localhost:5050", KEY))
                .isInstanceOfSatisfying(
                        HomeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNKNOWN_FORMAT))
                .hasMessageContaining("format 2");
        assertThat(known.path()).content().contains("whatever");
    }

    @Test
    void lineThatIsNoneIsReportedAndTheListLeftAsItIs() throws IOException {
        Files.writeString(known.path(), "localhost:5050 sha256:abc\n");
        assertThatThrownBy(() -> known.accept("localhost:5050", KEY))
                .isInstanceOfSatisfying(
                        HomeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DAMAGED));
        assertThat(Files.readString(known.path())).isEqualTo("localhost:5050 sha256:abc\n");
    }
}
