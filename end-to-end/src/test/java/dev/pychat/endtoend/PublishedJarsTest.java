package dev.pychat.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedJarsTest {
    @ParameterizedTest
    @CsvSource({
        "pychat-core, dev.pychat.core",
        "pychat-testkit, dev.pychat.testkit",
        "pychat-store-sqlite, dev.pychat.store.sqlite",
        "pychat-transport-netty, dev.pychat.transport.netty",
        "pychat-server-ref, dev.pychat.ref.server",
        "pychat-client-ref, dev.pychat.ref.client",
    })
    void jarNamesItsModule(String module, String name) throws IOException {
        try (JarFile jar = new JarFile(Checkout.jar(module).toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo(name);
        }
    }

    /** It is 12 MB of native code for all platforms. */
    @Test
    void sqliteComesToNobodyUnasked() throws IOException {
        assertThat(Files.readString(Checkout.artifact("pychat-server-ref", ".pom")))
                .containsPattern("<artifactId>pychat-store-sqlite</artifactId>[^/]*</version>\\s*"
                        + "<scope>runtime</scope>\\s*<optional>true</optional>")
                .doesNotContain("sqlite-jdbc");
        for (String module : List.of("pychat-core", "pychat-testkit", "pychat-client-ref")) {
            assertThat(Files.readString(Checkout.artifact(module, ".pom")))
                    .as(module)
                    .doesNotContain("sqlite");
        }
    }
}
