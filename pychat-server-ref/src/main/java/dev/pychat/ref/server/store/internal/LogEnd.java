package dev.pychat.ref.server.store.internal;

import java.io.IOException;
import java.util.List;

/** Compares the end of a log with the mark, and takes up the pages of which no checksum could be kept. */
final class LogEnd {

    private final LogFiles files;
    private final PageSums sums;
    private final Mark mark;

    LogEnd(LogFiles files, PageSums sums, Mark mark) {
        this.files = files;
        this.sums = sums;
        this.mark = mark;
    }

    void check(List<Long> addresses) throws IOException {
        long end = 0;
        for (int i = 0; i < addresses.size(); i++) {
            long address = addresses.get(i);
            long length = files.length(address);
            boolean last = i == addresses.size() - 1;
            if (address % LogFiles.FILE != 0 || length > LogFiles.FILE || !last && length < LogFiles.FILE) {
                throw new DamagedLogException(files.path(address).getFileName() + " has " + length
                        + " bytes, which is not what a file of the log has");
            }
            end = address + length;
        }
        if (end < mark.synced()) {
            throw new DamagedLogException("the log ends at " + end + ", it had come to " + mark.synced()
                    + ": what was acknowledged is missing");
        }
        checkTail();
        for (long address : addresses) {
            adopt(address, files.length(address));
        }
    }

    private void checkTail() throws IOException {
        int size = (int) (mark.synced() % PageSums.PAGE);
        if (size == 0) {
            return;
        }
        byte[] page = new byte[size];
        long start = mark.synced() - size;
        long address = start - start % LogFiles.FILE;
        int read = files.read(address, start - address, page, 0, size);
        if (read < size || PageSums.sum(page, 0, size) != mark.tail()) {
            throw new DamagedLogException(files.path(address).getFileName() + " at " + (start - address)
                    + ", the last page of the log, is not what was written");
        }
    }

    /**
     * Behind what is settled, a power failure may have lost a checksum but not the page. Behind what was synced, it may have
     * left a page that was never whole: then its sum is of what there is.
     */
    private void adopt(long address, long length) throws IOException {
        byte[] page = new byte[PageSums.PAGE];
        for (long position = 0; position + page.length <= length; position += page.length) {
            long number = (address + position) / page.length;
            long end = address + position + page.length;
            if (end > mark.settled() && (end > mark.synced() || sums.get(number).isEmpty())) {
                int read = files.read(address, position, page, 0, page.length);
                sums.put(number, PageSums.sum(page, 0, read));
            }
        }
    }
}
