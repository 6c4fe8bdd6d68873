package dev.pychat.ref.client.home;

import dev.pychat.transport.KeyPin;
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
 * SHA-256 of the public key as its certificate holds it (SubjectPublicKeyInfo, RFC 5280 section 4.1), and one line {@code
 * host:port next sha256:HEX} where a server has announced another key while it held that one. Lines that begin with {@code #}
 * are for people.
 *
 * <p>Confined to one thread; two processes that write at once keep one of both lists, and the other's person is asked again.
 */
public final class KnownServers {
    private static final String FORMAT = "# pychat known servers ";
    /** Behind the name, where versions that know nothing of it read the name of a server that there is not, and keep it. */
    private static final String NEXT = " next";

    private static final String BEGIN = FORMAT + "1";

    private final Path path;

    KnownServers(Path path) {
        this.path = path;
    }

    /**
     * The accepted key of a server.
     *
     * @param server host and port, {@code host:port}
     * @return the pin of its public key; empty if none was accepted
     * @throws IOException if the file can't be read or used; then it stays as it is
     */
    public Optional<KeyPin> find(String server) throws IOException {
        return Optional.ofNullable(load().get(server));
    }

    /**
     * The key that a server has announced.
     *
     * @param server host and port, {@code host:port}
     * @return the pin of its next public key; empty if none was announced
     * @throws IOException if the file can't be read or used; then it stays as it is
     */
    public Optional<KeyPin> next(String server) throws IOException {
        return Optional.ofNullable(load().get(server + NEXT));
    }

    /**
     * Keeps the key that a server has announced, in the place of an earlier announcement.
     *
     * @param server host and port, {@code host:port}
     * @param key the pin of its next public key
     * @throws IOException if the file can't be read, used or written; then it stays as it is
     */
    public void announced(String server, KeyPin key) throws IOException {
        Map<String, KeyPin> known = load();
        known.put(server + NEXT, key);
        save(known);
    }

    /**
     * Keeps an accepted key, in the place of an earlier one of this server and of one that was announced.
     *
     * @param server host and port, {@code host:port}
     * @param key the pin of its public key
     * @throws IOException if the file can't be read, used or written; then it stays as it is
     */
    public void accept(String server, KeyPin key) throws IOException {
        Map<String, KeyPin> known = load();
        known.put(server, key);
        known.remove(server + NEXT);
        save(known);
    }

    private void save(Map<String, KeyPin> known) throws IOException {
        StringBuilder text = new StringBuilder(BEGIN).append('\n');
        known.forEach((name, pin) -> text.append(name).append(' ').append(pin).append('\n'));
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

    private Map<String, KeyPin> load() throws IOException {
        Map<String, KeyPin> known = new TreeMap<>();
        if (!Files.exists(path)) {
            return known;
        }
        String text;
        try (FileInputStream in = new FileInputStream(path.toFile())) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        requireKnownFormat(text);
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int space = line.lastIndexOf(' ');
                known.put(line.substring(0, Math.max(0, space)).strip(), pin(line.substring(space + 1)));
            }
        }
        return known;
    }

    /** A person may have taken the first line out; one that tells of another format is another matter. */
    private void requireKnownFormat(String text) throws HomeException {
        String first = text.lines().findFirst().orElse("").strip();
        if (first.startsWith(FORMAT) && !first.equals(BEGIN)) {
            throw new HomeException(
                    HomeException.Problem.UNKNOWN_FORMAT,
                    path + " has format " + first.substring(FORMAT.length())
                            + ", this version of pychat knows format 1; it was left as it is");
        }
    }

    private KeyPin pin(String text) throws HomeException {
        try {
            return KeyPin.parse(text);
        } catch (IllegalArgumentException e) {
            throw FileHeader.damaged(path, "holds a line that is not \"host:port sha256:...\"");
        }
    }
}
