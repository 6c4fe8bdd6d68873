package dev.pychat.testkit.store;

import dev.pychat.model.PychatException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.StoreKind;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The other process of {@link DataDirectoryContract}: opens a data directory and closes it, and says what came of it. */
final class OpenForAMoment {

    private OpenForAMoment() {}

    /**
     * Does it.
     *
     * @param args the class of the kind of stores, and the data directory
     */
    public static void main(String[] args) throws Exception {
        StoreKind kind = Class.forName(args[0])
                .asSubclass(StoreKind.class)
                .getConstructor()
                .newInstance();
        try (DirectoryServerStores stores = kind.open(Path.of(args[1]), new SecureRandom())) {
            System.out.println("opened " + stores.realm());
        } catch (PychatException e) {
            System.out.println(e);
        }
    }
}
