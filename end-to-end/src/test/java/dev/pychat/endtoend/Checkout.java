package dev.pychat.endtoend;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the project under test lies and what its build has made. */
public final class Checkout {
    /** The directory that holds the parent POM and the launcher. */
    public static final Path ROOT = Path.of(property("pychat.test.checkout")).normalize();

    /** The version that is being built. */
    public static final String VERSION = property("pychat.test.version");

    /** What the Java of tests compiles well: {@code -XX:CompilerDirectivesFile} takes it. */
    public static final Path JIT = ROOT.resolve(".mvn/tests-jit.json");

    private static final String OUTPUT = property("pychat.test.output");

    private Checkout() {}

    /** The directory below a module into which this build compiles. */
    public static Path output(String module) {
        return ROOT.resolve(module).resolve(OUTPUT);
    }

    /** The jar that this build has made of a module. */
    public static Path jar(String module) {
        return artifact(module, ".jar");
    }

    /** What this build would publish of a module, by what follows the version in its name. */
    public static Path artifact(String module, String ending) {
        return output(module).resolve(module + "-" + VERSION + ending);
    }

    /** The {@code java} that runs programs under test: the same as runs the tests. */
    public static String testJava() {
        return property("pychat.test.java.home") + "/bin/java";
    }

    /** The files of all modules' source directories whose names end so. */
    public static List<Path> sources(String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> modules =
                Files.newDirectoryStream(ROOT, at -> Files.exists(at.resolve("pom.xml")))) {
            for (Path module : modules) {
                found.addAll(files(module.resolve("src"), suffix));
            }
        }
        return List.copyOf(found);
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(path -> path.toString().endsWith(suffix)).toList();
        }
    }

    /** A system property that the build sets for these tests. */
    public static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: run these tests through Maven");
        }
        return value;
    }
}
