package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The servers whose keys a person has accepted: a text file, one line {@code host:port sha256:HEX} for each, HEX being the
 * SHA-256 of the public key as its certificate holds it (SubjectPublicKeyInfo, RFC 5280 section 4.1). Lines that begin with
 * {@code #} are for people.
 *
 * <p>Confined to one thread; two processes that write at once keep one of both lists, and the other's person is asked again.
 */
public final class KnownServers {
    private static final String BEGIN = "# pychat known servers 1";
    private static final String ALGORITHM = "sha256:";
    private static final int DIGITS = 64;

    private final Path path;

    KnownServers(Path path) {
        this.path = path;
    }

    /**
     * The accepted key of a server.
     *
     * @param server host and port, {@code host:port}
     * @return the SHA-256 of its public key, 32 bytes; empty if none was accepted
     * @throws IOException if the file can't be read or used; then it stays as it is
     */
    public Optional<Bytes> find(String server) throws IOException {
        return Optional.ofNullable(load().get(server));
    }

    /**
     * Keeps an accepted key, in the place of an earlier one of this server.
     *
     * @param server host and port, {@code host:port}
     * @param key the SHA-256 of its public key, 32 bytes
     * @throws IOException if the file can't be read, used or written; then it stays as it is
     */
    public void accept(String server, Bytes key) throws IOException {
        Map<String, Bytes> known = load();
        known.put(server, key);
        StringBuilder text = new StringBuilder(BEGIN).append('\n');
        known.forEach((name, pin) -> text.append(name)
                .append(' ')
                .append(ALGORITHM)
                .append(pin.hex())
                .append('\n'));
        PrivateFiles.replace(path, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Where the list is, to be named to a person.
     *
     * @return the path of the file
     */
    public Path path() {
        return path;
    }

    /**
     * Reads a fingerprint as a person gives it.
     *
     * @param text {@code sha256:} and 64 hexadecimal digits of either case; colons between them are allowed
     * @return the 32 bytes; empty if it is something else
     */
    public static Optional<Bytes> fingerprint(String text) {
        String digits = text.regionMatches(true, 0, ALGORITHM, 0, ALGORITHM.length())
                ? text.substring(ALGORITHM.length()).replace(":", "")
                : "";
        if (digits.length() != DIGITS || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80)) {
            return Optional.empty();
        }
        return Optional.of(Bytes.fromHex(digits));
    }

    private Map<String, Bytes> load() throws IOException {
        Map<String, Bytes> known = new TreeMap<>();
        if (!Files.exists(path)) {
            return known;
        }
        String text;
        try (FileInputStream in = new FileInputStream(path.toFile())) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int space = line.lastIndexOf(' ');
                Optional<Bytes> key = fingerprint(line.substring(space + 1));
                if (space < 1 || key.isEmpty()) {
                    throw FileHeader.damaged(path, "holds a line that is not \"host:port sha256:...\"");
                }
                known.put(line.substring(0, space).strip(), key.get());
            }
        }
        return known;
    }
}
