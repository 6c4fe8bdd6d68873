package dev.pychat.ref.client.home;

import dev.pychat.backup.BackupSource;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.model.PychatException;
import dev.pychat.ref.client.home.HomeException.Problem;
import dev.pychat.store.StoreException;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Backups as files, and what it means when one can't be written or read.
 *
 * <p>Stateless; safe for every thread.
 */
public final class BackupFiles {
    private static final int BUFFER = 1 << 16;

    private BackupFiles() {}

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
    public static <T> T write(Path file, NewFile.Content<T> content) throws PychatException, InterruptedException {
        requireNew(file);
        try {
            return NewFile.write(file, content);
        } catch (FileAlreadyExistsException e) {
            throw Failure.of(there(file));
        } catch (IOException e) {
            throw Failure.of(e);
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
