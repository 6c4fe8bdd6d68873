package dev.pychat.store.directory.internal;

import dev.pychat.store.directory.DataDirectoryDamagedException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DataDirectoryFormatException;
import dev.pychat.store.directory.DataDirectoryUnusableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The places in a data directory, and how it is made so that a crash leaves a whole one or none. Immutable and thread-safe. */
public final class DataDirectory {

    private static final int MAX_FORMAT_SIZE = 1000;

    private final Path root;
    private final Layout layout;

    /**
     * Names a directory; touches nothing.
     *
     * @param root the directory
     * @param layout how its stores are kept, or will be
     */
    public DataDirectory(Path root, Layout layout) {
        this.root = root;
        this.layout = layout;
    }

    /**
     * The directory.
     *
     * @return as it was given
     */
    public Path root() {
        return root;
    }

    /**
     * Where the stores are.
     *
     * @return a directory in it
     */
    public Path store() {
        return root.resolve("store");
    }

    /**
     * Where new stores are made, until they are whole.
     *
     * @return a directory in it
     */
    public Path beginning() {
        return root.resolve("store.new");
    }

    /**
     * Where stores are that others take the place of, until these have it.
     *
     * @return a directory in it
     */
    public Path replaced() {
        return root.resolve("store.old");
    }

    /** Where the stores are, also if a process was killed while others took their place. */
    private Path present() {
        return isMade() || !Files.isDirectory(replaced()) ? store() : replaced();
    }

    /**
     * The file that is there while the records of other stores are taken in.
     *
     * @return a file in it
     */
    public Path taking() {
        return root.resolve("taking-records");
    }

    /**
     * Whether there are stores.
     *
     * @return true if so, of whatever format
     */
    public boolean isMade() {
        return Files.isDirectory(store());
    }

    /**
     * What the format file says.
     *
     * @return its text, or three dots if that is too long to be a format; empty if there are no stores
     * @throws IOException if it can't be read
     * @throws DataDirectoryDamagedException if there are stores and it is missing or empty
     */
    public Optional<String> format() throws IOException, DataDirectoryDamagedException {
        Path file = present().resolve("format");
        if (!Files.isDirectory(present())) {
            return Optional.empty();
        }
        if (!Files.exists(file)) {
            throw notWhole();
        }
        String format = Files.size(file) > MAX_FORMAT_SIZE
                ? "..."
                : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        if (format.isEmpty()) {
            throw new DataDirectoryDamagedException(file + " says no format");
        }
        return Optional.of(format);
    }

    /**
     * Refuses stores of another format. Touches nothing.
     *
     * @throws IOException if it can't be read
     * @throws DataDirectoryException if there are stores, and they are of another format or not whole
     */
    public void requireKnownFormat() throws IOException, DataDirectoryException {
        Optional<String> format = format();
        if (format.isEmpty()) {
            return;
        }
        if (!format.get().equals(layout.format())) {
            throw new DataDirectoryFormatException("the data directory " + root + " has the format \""
                    + format.get().replaceAll("[^ -~]", "?") + "\", this version knows \"" + layout.format()
                    + "\" only; nothing was touched: " + remedy(format.get()));
        }
        // Only now: another format may have other places.
        for (String part : layout.parts()) {
            if (!Files.isDirectory(present().resolve(part))) {
                throw notWhole();
            }
        }
    }

    /** The way from one format to another is a backup, which has a format of its own. */
    private String remedy(String format) {
        long known = version(layout.format());
        long found = version(format);
        if (!name(format).equals(name(layout.format())) || found < 0) {
            return "run the program that made it";
        }
        return found > known
                ? "run the version that wrote it or a newer one"
                : "take a backup with the version that wrote it (./pychat server backup) and bring it here with"
                        + " ./pychat server restore";
    }

    private static String name(String format) {
        return format.replaceAll(" .*", "");
    }

    /** The number behind the name; -1 if there is none. */
    private static long version(String format) {
        String number = format.substring(Math.min(format.length(), name(format).length() + 1));
        return number.matches("[0-9]{1,9}") ? Long.parseLong(number) : -1;
    }

    private DataDirectoryDamagedException notWhole() {
        return new DataDirectoryDamagedException(present() + " is not whole: format, "
                + String.join(" and ", layout.parts()) + " must be there together");
    }

    /**
     * Refuses to begin an installation where records of another were being taken in.
     *
     * @throws DataDirectoryUnusableException if that has not come to its end
     */
    public void requireNothingHalfTaken() throws DataDirectoryUnusableException {
        if (!isMade() && Files.exists(taking())) {
            throw new DataDirectoryUnusableException("the data directory " + root
                    + " was being filled with the records of another, which did not end: do that again, or remove the"
                    + " directory");
        }
    }

    /**
     * Begins to take in the records of other stores.
     *
     * @throws IOException if that fails
     * @throws DataDirectoryUnusableException if anything is in the directory that is not of an earlier attempt
     */
    public void beginTaking() throws IOException, DataDirectoryUnusableException {
        if (isMade() || !Files.exists(taking())) {
            requireEmpty();
            PrivateFiles.createFile(taking());
            PrivateFiles.syncDirectory(root);
        }
        begin();
    }

    private void requireEmpty() throws IOException, DataDirectoryUnusableException {
        try (Stream<Path> all = Files.list(root)) {
            Optional<Path> there = all.filter(path -> !path.equals(root.resolve("lock")))
                    .sorted()
                    .findFirst();
            if (there.isPresent()) {
                throw new DataDirectoryUnusableException("the data directory " + root + " is not empty, it has "
                        + there.get().getFileName() + "; records are taken into a new or empty one only");
            }
        }
    }

    /**
     * Says that the taking in has come to its end, or never was.
     *
     * @throws IOException if that fails
     */
    public void endTaking() throws IOException {
        if (Files.deleteIfExists(taking())) {
            PrivateFiles.syncDirectory(root);
        }
    }

    /**
     * Begins new stores, in place of a beginning that was never finished.
     *
     * @throws IOException if that fails
     */
    public void begin() throws IOException {
        removeBeginning();
        for (String part : layout.parts()) {
            PrivateFiles.createDirectories(beginning().resolve(part));
        }
        PrivateFiles.write(beginning().resolve("format"), (layout.format() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Puts what was begun into place, durably and in one step.
     *
     * @throws IOException if that fails
     */
    public void finish() throws IOException {
        syncAll(beginning());
        Files.move(beginning(), store(), StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncDirectory(root);
        syncRoot();
    }

    /**
     * Puts what was begun into the place of the stores that are there, durably, and removes these. A crash leaves the one or
     * the other, and {@link #recover} finds them.
     *
     * @throws IOException if that fails; then {@link #recover} says which of the two it is
     */
    public void replace() throws IOException {
        syncAll(beginning());
        Files.move(store(), replaced(), StandardCopyOption.ATOMIC_MOVE);
        // Between the two, or a power failure might leave the second without the first.
        PrivateFiles.syncDirectory(root);
        Files.move(beginning(), store(), StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncDirectory(root);
        remove(replaced());
    }

    /**
     * Ends what a process was killed in while new stores were to take the place of those that are there: the new ones count if
     * they have it. Only for who holds the lock.
     *
     * @throws IOException if that fails
     */
    public void recover() throws IOException {
        if (!isMade() && Files.isDirectory(replaced())) {
            Files.move(replaced(), store(), StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.syncDirectory(root);
        }
        if (isMade()) {
            remove(replaced());
            removeBeginning();
        }
    }

    /** It may have been made by a process that was killed before it had said so to the disk. */
    private void syncRoot() throws IOException {
        try {
            PrivateFiles.syncName(root);
        } catch (AccessDeniedException e) {
            // Who may not look into the directory above made nothing there.
        }
    }

    private static void syncAll(Path directory) throws IOException {
        for (Path path : walk(directory)) {
            PrivateFiles.syncDirectory(path);
        }
    }

    /**
     * Removes what a crash left of an attempt that was never finished: nobody was ever served from it.
     *
     * @throws IOException if that fails
     */
    public void removeBeginning() throws IOException {
        remove(beginning());
    }

    private static void remove(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            List<Path> paths = walk(directory);
            for (int i = paths.size() - 1; i >= 0; i--) {
                Files.delete(paths.get(i));
            }
        }
    }

    private static List<Path> walk(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
