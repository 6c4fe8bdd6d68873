package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory and all below it. */
final class Tree {
    private Tree() {}

    /** Directories are 0700, files 0600, and there is at least one. */
    static void assertPrivate(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            assertThat(walk.toList())
                    .hasSizeGreaterThan(1)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as("%s", path)
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    /** Each file's path and content, to be compared with what it is later. */
    static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                contents.put(
                        root.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    /** The files that hold any of these texts, in any of the usual encodings; there are files to look at. */
    static void assertHoldsNone(Path root, Iterable<String> texts) throws IOException {
        Map<String, String> contents = contents(root);
        assertThat(contents).isNotEmpty();
        contents.forEach((file, content) -> texts.forEach(text -> {
            assertThat(content.contains(bytes(text, StandardCharsets.UTF_8)))
                    .as("%s holds \"%s\"", file, text)
                    .isFalse();
            assertThat(content.contains(bytes(text, StandardCharsets.UTF_16BE)))
                    .as("%s holds \"%s\" as UTF-16", file, text)
                    .isFalse();
        }));
    }

    private static String bytes(String text, java.nio.charset.Charset charset) {
        return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
    }
}
