package dev.pychat.ref.client.home;

import dev.pychat.model.PychatException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

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
     * Makes the file. If it fails, there is none.
     *
     * @param file the file
     * @param random names what is not finished yet
     * @param content what goes into it
     * @param <T> what there is to say of it
     * @return what the content said
     * @throws FileAlreadyExistsException if something of that name is there
     * @throws IOException if it can't be written
     * @throws PychatException if the content failed
     * @throws InterruptedException if the thread was interrupted
     */
    public static <T> T write(Path file, SecureRandom random, Content<T> content)
            throws IOException, PychatException, InterruptedException {
        Path name = file.getFileName();
        if (name == null || Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        byte[] drawn = new byte[8];
        random.nextBytes(drawn);
        Path part = file.resolveSibling(name + "." + HexFormat.of().formatHex(drawn) + ".part");
        PrivateFiles.create(part);
        try {
            T said = fill(part, content);
            PrivateFiles.create(file);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.syncDirectory(file);
            return said;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static <T> T fill(Path part, Content<T> content) throws IOException, PychatException, InterruptedException {
        try (FileOutputStream file = new FileOutputStream(part.toFile());
                OutputStream out = new BufferedOutputStream(file, BUFFER)) {
            T said = content.writeTo(out);
            out.flush();
            file.getFD().sync();
            return said;
        }
    }
}
