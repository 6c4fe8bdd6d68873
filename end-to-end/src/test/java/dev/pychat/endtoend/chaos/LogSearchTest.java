package dev.pychat.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would be found if it were there. */
class LogSearchTest {

    private static final String SECRET = "00ff17".repeat(10) + "a1b2";
    private static final String AT = "2026-11-26 13:46:01.123 WARN  Engine: ";

    @TempDir
    private Path directory;

    private List<String> found(String line) throws Exception {
        LogSearch search = new LogSearch(List.of("hushhush"), List.of(SECRET));
        return search.in(Files.writeString(directory.resolve("a.log"), line + "\n"));
    }

    @Test
    void contentIsFound() throws Exception {
        assertThat(found(AT + "sent xhushhushx"))
                .containsExactly("a.log holds \"hushhush\": " + AT + "sent xhushhushx");
    }

    @Test
    void knownSecretIsFoundInEveryFormAndByItsBeginning() throws Exception {
        assertThat(found(AT + SECRET)).hasSize(2);
        assertThat(found(AT + "x" + SECRET.substring(0, 16) + "...(32 bytes)")).hasSize(1);
        assertThat(found(AT + "AP8XAP8XAP8XAP8XAP8XAP8XAP8XAP8XAP8XAP8XobI=")).hasSize(2);
    }

    @Test
    void whatLooksLikeASecretIsFound() throws Exception {
        assertThat(found(AT + "key " + "c0".repeat(32))).hasSize(1);
        assertThat(found(AT + "key \"kZ4_".concat("b-Q3".repeat(10)) + "\"")).hasSize(1);
    }

    @Test
    void wholeAddressIsFoundAboveDebug() throws Exception {
        for (String address : List.of("127.0.0.1", "/127.0.0.1:41234", "[::1]:41234", "/0:0:0:0:0:0:0:1:41234")) {
            assertThat(found(AT + "from " + address)).as(address).hasSize(1);
            assertThat(found(AT.replace("WARN ", "DEBUG") + "from " + address))
                    .as(address)
                    .isEmpty();
        }
    }

    @Test
    void harmlessLinesAreNot() throws Exception {
        for (String line : List.of(
                AT + "the server does not answer at localhost:5050 within 10 s, at 13:46:01",
                "2026-11-26T13:46:01.123Z INFO  ChaosClient life 1 begins, version 0.1.0-SNAPSHOT",
                "\tat java.base/java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:635)",
                AT
                        + "message 2abee6391c2c6a8b8b7b3ad9c0277d1d of a long conversation between ada and bea was left out")) {
            assertThat(found(line)).as(line).isEmpty();
        }
    }
}
