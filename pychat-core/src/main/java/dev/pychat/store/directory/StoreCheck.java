package dev.pychat.store.directory;

import java.util.List;

/**
 * What reading everything in a server's stores has shown.
 *
 * <p>Immutable and thread-safe.
 *
 * @param figures what there is, as far as it could be read
 * @param records how many records were read, damaged ones included
 * @param faults what is lost or altered, a sentence each, the first {@value #MOST_FAULTS} at most
 * @param faultCount how many faults there are in all
 */
public record StoreCheck(StoreFigures figures, long records, List<String> faults, long faultCount) {

    /** How many faults are told one by one. */
    public static final int MOST_FAULTS = 100;

    /**
     * Copies the list.
     *
     * @param figures what there is, as far as it could be read
     * @param records how many records were read, damaged ones included
     * @param faults what is lost or altered, a sentence each
     * @param faultCount how many faults there are in all
     */
    public StoreCheck {
        faults = List.copyOf(faults);
    }

    /**
     * Whether everything is what was written.
     *
     * @return true if there is no fault
     */
    public boolean isSound() {
        return faultCount == 0;
    }
}
