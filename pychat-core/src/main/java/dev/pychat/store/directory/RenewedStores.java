package dev.pychat.store.directory;

/**
 * Stores that are being made anew beside those in the same data directory, whose place they take at {@link #finish}. A crash at
 * any moment leaves the one or the other, whole. Nobody else can use the directory meanwhile. Confined to one thread.
 */
public interface RenewedStores extends NewStores {

    /**
     * The stores whose place is to be taken.
     *
     * @return what hands out their records, until {@link #finish}
     */
    RecordSource present();
}
