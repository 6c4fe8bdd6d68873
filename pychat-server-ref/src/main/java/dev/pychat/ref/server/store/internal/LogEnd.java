package dev.pychat.ref.server.store.internal;

import java.io.IOException;
import java.util.List;

/** Finds the end of a log by its seals and compares it with the mark. */
final class LogEnd {

    private final LogFiles files;
    private final PageSums sums;
    private final Mark mark;

    LogEnd(LogFiles files, PageSums sums, Mark mark) {
        this.files = files;
        this.sums = sums;
        this.mark = mark;
    }

    /**
     * Where the log ends.
     *
     * @param address the address behind the last byte that counts
     * @param isToBeCut whether something is behind it, or said to be, that does not count
     */
    record Found(long address, boolean isToBeCut) {}

    Found find(List<Long> addresses) throws IOException {
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
        if (addresses.isEmpty()) {
            return new Found(0, false);
        }
        long last = addresses.get(addresses.size() - 1);
        try (LogHead head = LogHead.toRead(files.path(last))) {
            Found found = find(head, last, end);
            if (found.address() < mark.synced()) {
                throw altered(last, found.address());
            }
            return found;
        }
    }

    /**
     * What a seal says was written as a whole; a commit that a power failure tore is not, and was never acknowledged. Where none is true,
     * what was synced counts: the mark may be older than the sync behind which the newest seal begins.
     */
    private Found find(LogHead head, long file, long end) throws IOException {
        List<Seal> seals = head.found();
        for (int i = 0; i < seals.size(); i++) {
            Seal seal = seals.get(i);
            if (isTrue(seal, file, end)) {
                boolean atRest = seal.end() == end && mark.synced() == end;
                if (atRest && !head.isIntact()) {
                    throw altered(file, file);
                }
                return new Found(seal.end(), i > 0 || seal.end() < end);
            }
            if (i > 0 && seal.synced()) {
                throw altered(file, seal.from());
            }
        }
        if (!head.isIntact()) {
            throw altered(file, file);
        }
        if (seals.isEmpty()) {
            return new Found(file, end > file);
        }
        long durable = Math.max(seals.get(0).from(), mark.synced());
        if (durable > end) {
            throw altered(file, end);
        }
        return new Found(Math.max(file, durable), true);
    }

    private boolean isTrue(Seal seal, long file, long end) throws IOException {
        if (seal.from() < file || seal.end() < seal.from() || seal.end() > end) {
            return false;
        }
        byte[] sealed = new byte[(int) (seal.end() - seal.from())];
        int read = files.read(file, seal.from() - file, sealed, 0, sealed.length);
        return read == sealed.length && PageSums.sum(sealed, 0, read) == seal.sum();
    }

    private DamagedLogException altered(long file, long from) {
        return new DamagedLogException(files.path(file).getFileName() + " from " + (from - file)
                + " on is not what was written: what was acknowledged is missing");
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

    /** Takes up the pages of which no checksum could be kept: behind what is settled, a power failure may have lost it but not the page. */
    void adopt(List<Long> addresses) throws IOException {
        for (long address : addresses) {
            adopt(address, files.length(address));
        }
    }

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
