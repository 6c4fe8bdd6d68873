package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.store.ClientStores;
import dev.pychat.testkit.store.ClientStoresUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How the contracts open stores on disk. After a crash the files as they are go on in another place. */
final class FileDevice implements ClientStoresUnderTest {
    private final Map<ClientStores, Path> places = new HashMap<>();
    private final Supplier<Path> folder;

    FileDevice(Supplier<Path> folder) {
        this.folder = folder;
    }

    @Override
    public ClientStores open() throws IOException {
        return open(Files.createTempDirectory(folder.get(), "home").resolve("accounts"));
    }

    @Override
    public ClientStores reopen(ClientStores stores) throws Exception {
        stores.close();
        return open(places.get(stores));
    }

    @Override
    public ClientStores crash(ClientStores stores) throws IOException {
        Path from = places.get(stores);
        Path to = Files.createTempDirectory(folder.get(), "home").resolve("accounts");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return open(to);
    }

    @Override
    public boolean holds(ClientStores stores, Bytes content) throws IOException {
        return Grep.finds(places.get(stores), content);
    }

    private ClientStores open(Path place) {
        ClientStores stores = new FileClientStores(place);
        places.put(stores, place);
        return stores;
    }
}
