package dev.pychat.ref.server.store.internal;

import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import jetbrains.exodus.io.RemoveBlockType;

/** The process of {@link CutLogTest}: has a commit that goes on in a second file, and takes it back, as Xodus does when it opens a log. */
final class CutAcrossFiles {

    /** The bytes of the log that were acknowledged. */
    static final int ACKNOWLEDGED = 1000;

    static final int SEED = 7;

    private CutAcrossFiles() {}

    static Path log(Path root) {
        return root.resolve("log");
    }

    static Path check(Path root) {
        return root.resolve("check");
    }

    /**
     * Runs to its end.
     *
     * @param args the directory
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        for (Path directory : new Path[] {log(root), check(root), root}) {
            if (!directory.equals(root)) {
                Files.createDirectory(directory);
            }
            PrivateFiles.syncDirectory(directory);
        }
        byte[] bytes = new byte[CheckedLog.FILE_BYTES];
        new Random(SEED).nextBytes(bytes);
        CheckedLog.open(log(root), check(root), Durability.DISK).close();
        PrivateFiles.syncDirectory(check(root));
        CheckedLog begun = CheckedLog.open(log(root), check(root), Durability.DISK);
        begun.writer().openOrCreateBlock(0, 0);
        begun.writer().syncDirectory();
        begun.opened(0);
        begun.writer().write(bytes, 0, ACKNOWLEDGED);
        begun.writer().sync();
        begun.acknowledge(ACKNOWLEDGED);
        System.out.println("acknowledged");
        begun.writer().write(bytes, ACKNOWLEDGED, bytes.length - ACKNOWLEDGED);
        begun.writer().sync();
        begun.writer().close();
        begun.writer().openOrCreateBlock(bytes.length, 0);
        begun.writer().syncDirectory();
        begun.writer().write(bytes, 0, 5000);
        begun.abandon();
        CheckedLog recovered = CheckedLog.open(log(root), check(root), Durability.DISK);
        recovered.writer().removeBlock(bytes.length, RemoveBlockType.Delete);
        recovered.writer().truncateBlock(0, ACKNOWLEDGED);
        recovered.writer().openOrCreateBlock(0, ACKNOWLEDGED);
        recovered.opened(ACKNOWLEDGED);
        recovered.abandon();
    }
}
