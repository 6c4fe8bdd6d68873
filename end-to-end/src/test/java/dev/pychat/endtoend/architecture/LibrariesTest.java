package dev.pychat.endtoend.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import java.security.Security;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each library stops, so that each can be exchanged in one place. */
class LibrariesTest {
    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource({
        "org.bouncycastle., crypto ref.server testkit",
        "org.mindrot.jbcrypt., server",
        "jetbrains.exodus., ref.server.store",
        "org.sqlite., store.sqlite",
        "io.netty., transport.netty",
        "java.sql., store.sqlite",
        "ch.qos.logback., ref.server ref.client",
        "io.micrometer., ref.server.operation",
        "com.sun.net.httpserver., ref.server.operation",
        "picocli., ref.server ref.client examples",
        "org.jline., ref.client",
        "io.nayuki.qrcodegen., ref.client.text",
        "com.google.zxing., nowhere",
        "org.junit., testkit",
        "org.assertj., testkit",
    })
    void libraryStaysInItsPackages(String library, String packages) {
        assertThat(usersOutside(library, List.of(packages.split(" ")))).isEmpty();
    }

    @Test
    void coreInstallsNoProviderAndPrintsNothing() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.pychat.ref..", "dev.pychat.examples..", "dev.pychat.testkit..")
                .should()
                .callMethod(Security.class, "addProvider", java.security.Provider.class)
                .orShould()
                .callMethod(Security.class, "insertProviderAt", java.security.Provider.class, int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OurClasses.ALL);
    }

    private static Stream<String> usersOutside(String library, List<String> packages) {
        return OurClasses.ALL.stream()
                .filter(type -> packages.stream()
                        .noneMatch(
                                name -> (type.getPackageName() + ".").startsWith(OurClasses.ROOT + "." + name + ".")))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(arrow ->
                        arrow.getTargetClass().getBaseComponentType().getName().startsWith(library))
                .map(Dependency::getDescription);
    }
}
