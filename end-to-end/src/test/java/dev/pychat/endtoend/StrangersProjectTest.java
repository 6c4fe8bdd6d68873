package dev.pychat.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project that knows nothing of this tree builds against what would be published, in a temporary local repository. Other
 * people's jars and plugins come from the local repository of this build, taken as the only remote one: no network.
 */
class StrangersProjectTest {
    private static final int MOST_ARTIFACTS = 5;

    /** Another test says that the README shows this very program. */
    private static final Path README_EXAMPLE =
            Checkout.ROOT.resolve("examples/src/main/java/dev/pychat/examples/TwoClients.java");

    @TempDir
    private static Path directory;

    private static Finished built;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Path project = directory.resolve("consumer");
        Trees.copy(Checkout.ROOT.resolve("end-to-end/src/test/resources/consumer"), project);
        Path sources = Files.createDirectories(project.resolve("src/main/java/dev/pychat/examples"));
        Files.copy(README_EXAMPLE, sources.resolve(README_EXAMPLE.getFileName()));
        publish("pychat-bom", "pom");
        publish("pychat-core", "pom");
        publish("pychat-core", "jar");
        Path settings = Files.writeString(directory.resolve("settings.xml"), settings());
        built = Command.of(
                        Checkout.property("pychat.test.maven") + "/bin/mvn",
                        "-B",
                        "-s",
                        settings.toString(),
                        "-Dmaven.repo.local=" + directory.resolve("repository"),
                        "-Dpychat.version=" + Checkout.VERSION,
                        "package")
                .in(project)
                .with("PATH", System.getenv("PATH"))
                .with("JAVA_HOME", Checkout.property("pychat.test.build.java.home"))
                .run();
    }

    @Test
    void programRuns() throws IOException, InterruptedException {
        assertThat(run("consumer.Program")).isEqualTo("alice says hello" + System.lineSeparator());
    }

    @Test
    void exampleOfTheReadmeRuns() throws IOException, InterruptedException {
        assertThat(run("dev.pychat.examples.TwoClients")).isEqualTo("Bob reads: Hello, Bob!" + System.lineSeparator());
    }

    private static String run(String main) throws IOException, InterruptedException {
        assertThat(built.exit()).as("%s", built).isZero();
        Path target = directory.resolve("consumer/target");
        String classPath = target.resolve("classes") + ":" + target.resolve("runtime/*");
        Finished program =
                Command.of(Checkout.testJava(), "-cp", classPath, main).run();
        assertThat(program.exit()).as("%s", program).isZero();
        return program.out();
    }

    @Test
    void dependenciesAreFew() throws IOException {
        assertThat(jars())
                .hasSizeBetween(1, MOST_ARTIFACTS)
                .anyMatch(jar -> jar.toString().contains("pychat-core"));
    }

    @Test
    void nothingIsNativeAndNothingDecidesHowToLog() throws IOException {
        for (Path jar : jars()) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                assertThat(zip.stream().map(ZipEntry::getName))
                        .as("%s", jar)
                        .isNotEmpty()
                        .noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib|a|lib)"))
                        .noneMatch(name -> name.equals("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))
                        .noneMatch(name -> name.startsWith("org/slf4j/impl/"));
            }
        }
    }

    @Test
    void publishedPomsSayWhoseTheyAreAndNeedNoParent() throws IOException {
        for (String module : List.of(
                "pychat-core",
                "pychat-testkit",
                "pychat-store-sqlite",
                "pychat-transport-netty",
                "pychat-server-ref",
                "pychat-client-ref",
                "pychat-bom")) {
            assertThat(Files.readString(Checkout.artifact(module, ".pom")))
                    .as(module)
                    .contains("<license>", "Apache-2.0", "<scm", "<developer>", "<description>")
                    .doesNotContain(
                            "<parent>", "pychat-parent", Checkout.ROOT.toString(), System.getProperty("user.home"));
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "pychat.test.output",
            matches = "target",
            disabledReason = "quick builds attach none")
    void sourcesAndJavadocAreAttached() {
        for (String module : List.of(
                "pychat-core",
                "pychat-testkit",
                "pychat-store-sqlite",
                "pychat-transport-netty",
                "pychat-server-ref",
                "pychat-client-ref")) {
            assertThat(Checkout.artifact(module, "-sources.jar")).isRegularFile();
        }
        for (String module : List.of("pychat-core", "pychat-testkit")) {
            assertThat(Checkout.artifact(module, "-javadoc.jar")).isRegularFile();
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "pychat.test.output",
            matches = "target",
            disabledReason = "quick builds attach none")
    @DisabledIfSystemProperty(
            named = "pychat.test.offline",
            matches = "offline=true",
            disabledReason = "it is made online only")
    void billOfMaterialsNamesWhatIsInside() {
        assertThat(Checkout.artifact("pychat-core", "-cyclonedx.json"))
                .content()
                .contains("CycloneDX", "bcprov-jdk18on", "gson", "jbcrypt", "slf4j-api")
                .doesNotContain("junit", "assertj");
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("consumer/target/runtime"))) {
            return files.toList();
        }
    }

    private static void publish(String module, String extension) throws IOException {
        Path place = directory.resolve("repository/dev/pychat").resolve(module).resolve(Checkout.VERSION);
        Path built = Checkout.artifact(module, "." + extension);
        Files.createDirectories(place);
        Files.copy(built, place.resolve(built.getFileName()));
    }

    private static String settings() {
        String local =
                Path.of(Checkout.property("pychat.test.repository")).toUri().toString();
        String repository = """
                <id>central</id><url>%s</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                """.formatted(local);
        return """
                <settings>
                  <mirrors><mirror><id>central</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
                  <profiles><profile><id>here</id>
                    <repositories><repository>%s</repository></repositories>
                    <pluginRepositories><pluginRepository>%s</pluginRepository></pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>here</activeProfile></activeProfiles>
                </settings>
                """.formatted(local, repository, repository);
    }
}
