package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directory with one folder for each account, {@code REALM/NAME}. Immutable and thread-safe. */
record AccountPaths(Path directory) {

    Path of(LocalAccount account) {
        return directory
                .resolve(account.realm().value().hex())
                .resolve(account.user().value());
    }

    /** The accounts that have a folder. */
    List<LocalAccount> list() throws StoreException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> realms = Files.list(directory)) {
            List<LocalAccount> found = new ArrayList<>();
            for (Path realm : realms.filter(Files::isDirectory).sorted().toList()) {
                for (Username user : NamedFiles.list(realm, "")) {
                    found.add(new LocalAccount(new Realm(Bytes.fromHex(realm.getFileName() + "")), user));
                }
            }
            return found;
        } catch (IOException e) {
            throw Failure.of(e);
        } catch (IllegalArgumentException e) {
            throw new StoreRefusedException(directory + " holds a folder that is none of pychat's: " + e.getMessage());
        }
    }
}
