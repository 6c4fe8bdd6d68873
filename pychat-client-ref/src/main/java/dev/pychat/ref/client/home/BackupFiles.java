package dev.pychat.ref.client.home;

import dev.pychat.backup.BackupSource;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.model.PychatException;
import dev.pychat.ref.client.home.HomeException.Problem;
import dev.pychat.store.StoreException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileInputStream;
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
 * Backups as files. One is written beside its place, readable by its owner only, and gets its name when it is whole; a file that is
 * there already is never touched.
 *
 * <p>Stateless; safe for every thread.
 */
public final class BackupFiles {
    private static final int BUFFER = 1 << 16;

    private BackupFiles() {}

    /**
     * Writes the content of a new file.
     *
     * @param <T> what is told of it
     */
    public interface Content<T> {
        /**
         * Writes it.
         *
         * @param out where it goes
         * @return what is told of it
         * @throws IOException if it can't be written
         * @throws PychatException if there is nothing to write
         * @throws InterruptedException if the person does not want it any more
         */
        T writeTo(OutputStream out) throws IOException, PychatException, InterruptedException;
    }

    /**
     * Says whether a file may be written, before anything is done for it.
     *
     * @param file its path
     * @throws StoreException if something is there already, or there is no directory for it
     */
    public static void requireNew(Path file) throws StoreException {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.of(there(file));
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw Failure.of(new HomeException(
                    Problem.UNREADABLE, "cannot write " + file + ": there is no directory " + directory));
        }
    }

    /**
     * Writes a new file. If it fails or is interrupted, nothing is left.
     *
     * @param <T> what is told of the content
     * @param file its path
     * @param content what goes into it
     * @return what the content tells
     * @throws StoreException if something is there already, or it can't be written
     * @throws PychatException if the content fails
     * @throws InterruptedException if the content is interrupted
     */
    public static <T> T write(Path file, Content<T> content) throws PychatException, InterruptedException {
        requireNew(file);
        Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        // For an end of the process in between.
        fresh.toFile().deleteOnExit();
        try {
            PrivateFiles.create(fresh);
            T told = writeTo(fresh, content);
            name(fresh, file);
            PrivateFiles.syncDirectory(file);
            return told;
        } catch (IOException e) {
            throw Failure.of(e);
        } finally {
            remove(fresh);
        }
    }

    private static <T> T writeTo(Path fresh, Content<T> content)
            throws IOException, PychatException, InterruptedException {
        // Not through a channel, which an interrupt would close.
        try (FileOutputStream file = new FileOutputStream(fresh.toFile());
                BufferedOutputStream out = new BufferedOutputStream(file, BUFFER)) {
            T told = content.writeTo(out);
            out.flush();
            file.getFD().sync();
            return told;
        }
    }

    /** A second name can't take the place of a file that came meanwhile, as a rename would. */
    private static void name(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            throw there(file);
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            try {
                Files.move(fresh, file);
            } catch (FileAlreadyExistsException e) {
                throw there(file);
            }
        }
    }

    private static void remove(Path fresh) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            // Then it is removed when the process ends, or by the person.
            fresh.toFile().deleteOnExit();
        }
    }

    private static HomeException there(Path file) {
        return new HomeException(
                Problem.UNREADABLE,
                file + " is there already; a backup is never written over a file: name another one");
    }

    /**
     * A file to be read.
     *
     * @param file its path
     * @return where the backup comes from
     */
    public static BackupSource source(Path file) {
        return () -> new BufferedInputStream(new FileInputStream(file.toFile()), BUFFER);
    }

    /**
     * What it means that a file can't be read as a backup.
     *
     * @param file its path
     * @param why why the library can't read it
     * @return a failure for the exit code
     */
    public static StoreException unreadable(Path file, UnreadableException why) {
        Problem problem =
                why.reason() == UnreadableException.Reason.NEWER_VERSION ? Problem.UNKNOWN_FORMAT : Problem.DAMAGED;
        return Failure.of(new HomeException(problem, file + ": " + why.getMessage()));
    }

    /**
     * What it means that a file can't be read at all.
     *
     * @param why why
     * @return a failure for the exit code
     */
    public static StoreException unreadable(IOException why) {
        return Failure.of(why);
    }
}
