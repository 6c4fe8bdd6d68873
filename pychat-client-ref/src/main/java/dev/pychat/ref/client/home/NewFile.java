package dev.pychat.ref.client.home;

import dev.pychat.model.PychatException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Makes a file that was not there, for its owner alone: it has its name only when all of it is written, and nothing is ever written
 * over. Stateless; safe for every thread.
 */
public final class NewFile {

    private static final int BUFFER = 1 << 16;

    /**
     * Writes the content of a file.
     *
     * @param <T> what there is to say of it
     */
    @FunctionalInterface
    public interface Content<T> {
        /**
         * Writes all of it.
         *
         * @param out where it goes
         * @return what there is to say of it
         * @throws IOException if {@code out} fails
         * @throws PychatException if there is nothing to write, for another reason
         * @throws InterruptedException if the thread is interrupted
         */
        T writeTo(OutputStream out) throws IOException, PychatException, InterruptedException;
    }

    private NewFile() {}

    /**
     * Makes the file. If that fails or is interrupted, nothing is left.
     *
     * @param file the file
     * @param content what goes into it
     * @param <T> what there is to say of it
     * @return what the content said
     * @throws FileAlreadyExistsException if something of that name is there
     * @throws IOException if it can't be written
     * @throws PychatException if the content failed
     * @throws InterruptedException if the thread was interrupted
     */
    public static <T> T write(Path file, Content<T> content) throws IOException, PychatException, InterruptedException {
        Path name = file.getFileName();
        if (name == null || Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path part = file.resolveSibling(name + "." + UUID.randomUUID() + ".part");
        // For an end of the process in between.
        part.toFile().deleteOnExit();
        try {
            PrivateFiles.create(part);
            T said = fill(part, content);
            name(part, file);
            PrivateFiles.syncDirectory(file);
            return said;
        } finally {
            remove(part);
        }
    }

    private static <T> T fill(Path part, Content<T> content) throws IOException, PychatException, InterruptedException {
        // Not through a channel, which an interrupt would close.
        try (FileOutputStream file = new FileOutputStream(part.toFile());
                OutputStream out = new BufferedOutputStream(file, BUFFER)) {
            T said = content.writeTo(out);
            out.flush();
            file.getFD().sync();
            return said;
        }
    }

    /** A second name can't take the place of a file that came meanwhile, as a rename would. */
    private static void name(Path part, Path file) throws IOException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException there) {
            throw there;
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            Files.move(part, file);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // Then it is removed when the process ends, or by the person.
            part.toFile().deleteOnExit();
        }
    }
}
