package dev.pychat.endtoend.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server that cannot reach a private key or an opened envelope cannot read what it carries. */
class BlindByConstructionTest {
    private static final String PLANTED = BlindByConstructionTest.class.getPackageName() + ".planted";

    @Test
    void serverReachesNoKeyAndNoOpenedEnvelope() {
        assertThat(chains(OurClasses.ALL, OurClasses.ROOT)).isEmpty();
    }

    @Test
    void thereIsServerCodeToLookAt() {
        assertThat(OurClasses.ALL.stream().filter(isServer(OurClasses.ROOT))).isNotEmpty();
    }

    @Test
    void plantedChainThroughAStoreIsFound() {
        assertThat(chains(OurClasses.planted(PLANTED), PLANTED))
                .containsExactly(List.of(
                        PLANTED + ".server.Committer",
                        PLANTED + ".store.OpenedStore",
                        PLANTED + ".keyring.PrivateHalf"));
    }

    private static List<List<String>> chains(JavaClasses classes, String root) {
        Reach reach = new Reach(type -> type.getPackageName().startsWith(root));
        return classes.stream()
                .filter(isServer(root))
                .flatMap(type -> reach.chain(type, isSecret(root)).stream())
                .toList();
    }

    /** By package, and by the module's jar or directory too, so that a package of another name is no way out. */
    private static Predicate<JavaClass> isServer(String root) {
        return isUnder(root, "server", "ref.server", "store.sqlite", "store.directory", "store.internal")
                .or(type -> type.getSource()
                        .map(source -> source.getUri().toString())
                        .filter(source ->
                                source.contains("/pychat-server-ref/") || source.contains("/pychat-store-sqlite/"))
                        .isPresent());
    }

    private static Predicate<JavaClass> isSecret(String root) {
        return isUnder(root, "envelope", "keyring", "crypto.secret");
    }

    private static Predicate<JavaClass> isUnder(String root, String... names) {
        return type -> Stream.of(names)
                .map(name -> root + "." + name)
                .anyMatch(name -> (type.getPackageName() + ".").startsWith(name + "."));
    }
}
