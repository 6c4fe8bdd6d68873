package dev.pychat.ref.client.screen;

import dev.pychat.client.Archive;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import java.util.List;

/** Shows what backups have brought here, which is only read. Confined to the thread that reads lines. */
final class ArchiveScreen {
    private static final int PAGE = 128;
    private static final int REALM_DIGITS = 8;

    private final Session session;

    ArchiveScreen(Session session) {
        this.session = session;
    }

    /** Lists it all, or shows what was said with somebody. */
    void show(String name) throws PychatException {
        List<Archive> archives = session.client().backups().archives();
        if (archives.isEmpty()) {
            session.output().say("No backup has brought anything here: !IMPORT reads one.");
        } else if (name.isEmpty()) {
            for (Archive archive : archives) {
                list(archive);
            }
        } else {
            show(archives, name);
        }
    }

    private void list(Archive archive) throws StoreException {
        session.output().say(whose(archive) + ":");
        for (Username peer : archive.peers()) {
            long count = archive.messages(peer);
            session.output().say("  " + peer + ", " + count + (count == 1 ? " message" : " messages"));
        }
    }

    private void show(List<Archive> archives, String name) throws StoreException {
        Username peer;
        try {
            peer = Username.parse(name);
        } catch (IllegalArgumentException e) {
            session.output().trouble(e.getMessage() + ".");
            return;
        }
        boolean found = false;
        for (Archive archive : archives) {
            if (archive.messages(peer) > 0) {
                found = true;
                show(archive, peer);
            }
        }
        if (!found) {
            session.output().trouble("No backup has brought anything that was said with " + peer + ".");
        }
    }

    private void show(Archive archive, Username peer) throws StoreException {
        session.output().say("----- with " + peer + ", from a backup of " + whose(archive) + "; to be read only -----");
        Position last =
                archive.history(peer, Position.NONE, 1).messages().get(0).position();
        for (Position next = last.plus(1 - archive.messages(peer)); !next.isAfter(last); next = next.plus(PAGE)) {
            Position first = next;
            archive.history(peer, next.plus(PAGE), PAGE).messages().stream()
                    .filter(message -> !first.isAfter(message.position()))
                    .forEach(session.output()::message);
        }
        session.output().say("----- the end of it -----");
    }

    private static String whose(Archive archive) {
        String realm = archive.realm().value().hex().substring(0, REALM_DIGITS);
        return archive.user() + " on the server " + realm;
    }
}
