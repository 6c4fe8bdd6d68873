package dev.pychat.ref.server.backup;

import java.util.zip.CRC32C;

/** The parts of a backup, which the package draws. */
final class Part {

    static final String FORMAT = "pychat-server-backup 1";

    static final int ABOUT = 'A';
    static final int RECORD = 'R';
    static final int FILE = 'F';
    static final int FAILED = 'X';
    static final int END = 'E';

    /** Far more than any record has, and little enough to be held. */
    static final int MOST = 16 << 20;

    /** The bytes of a file in one part. */
    static final int PIECE = 64 << 10;

    static final int HEADER = 1 + Integer.BYTES;
    static final int HASH = 32;

    private Part() {}

    static int sum(byte[] header, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(header);
        crc.update(payload);
        return (int) crc.getValue();
    }

    /** What a backup says, as it may be shown on a terminal, whatever is in it. */
    static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
