package dev.pychat.client;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.OwnHeader;
import dev.pychat.key.Fingerprint;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import dev.pychat.wire.WireLimits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Goes through a conversation for the epoch headers that this account has signed, before a message of it is opened. Of envelopes it
 * looks at nothing but the epoch that each names. Used once, on the chat's queue.
 */
final class OwnHeaders {

    /** Far more identities than any peer has had. */
    private static final int MOST_IDENTITIES = 256;

    private static final int MOST_READ = 10_000;

    /**
     * An identity to which this account has sealed.
     *
     * @param header the first header that names it
     * @param at the first message under that header
     */
    record Named(OwnHeader header, Position at) {}

    private final Account account;
    private final Username peer;
    private final SerialQueue queue;
    private final Set<EpochName> read = new HashSet<>();
    private final Map<Fingerprint, Named> named = new LinkedHashMap<>();
    private final Map<Fingerprint, Ed25519PublicKey> makers = new HashMap<>();
    private final CompletableFuture<OwnWord> done = new CompletableFuture<>();
    private long vault;

    OwnHeaders(Account account, Username peer, SerialQueue queue) {
        this.account = account;
        this.peer = peer;
        this.queue = queue;
    }

    /** Completes on the queue. What the server leaves out ends it, as it ends everything that comes of the history. */
    CompletableFuture<OwnWord> read(Link link) {
        page(link, Position.NONE);
        return done;
    }

    private void page(Link link, Position after) {
        queue.then(
                link.ask(Message.class, id -> new Since(id, peer, after, WireLimits.MAX_PAGE)),
                frame -> {
                    if (frame.items().isEmpty() || !frame.first().equals(after.next())) {
                        end();
                    } else {
                        headers(link, frame);
                    }
                },
                done::completeExceptionally);
    }

    private void end() {
        done.complete(new OwnWord(List.copyOf(named.values()), Map.copyOf(makers), vault));
    }

    private void headers(Link link, Message frame) {
        Map<EpochName, Bytes> given = new HashMap<>();
        frame.headers().forEach(header -> given.put(header.name(), header.header()));
        Map<EpochName, Position> first = new LinkedHashMap<>();
        Position position = frame.first();
        for (Message.Item item : frame.items()) {
            for (EpochName name : EpochOpener.epochOf(item.envelope()).stream().toList()) {
                if (read.size() == MOST_READ) {
                    // Whatever is read twice because of it says the same.
                    read.clear();
                }
                if (read.add(name)) {
                    first.put(name, position);
                }
            }
            position = position.next();
        }
        Position last = position.plus(-1);
        List<EpochName> missing =
                first.keySet().stream().filter(name -> !given.containsKey(name)).toList();
        queue.then(
                EpochHeaders.fetch(link, peer, missing, given, queue),
                nothing -> {
                    ConversationContext context = account.context(peer, List.of());
                    first.forEach((name, at) -> take(context, name, given.getOrDefault(name, Bytes.EMPTY), at));
                    if (frame.more()) {
                        page(link, last);
                    } else {
                        end();
                    }
                },
                done::completeExceptionally);
    }

    private void take(ConversationContext context, EpochName name, Bytes header, Position at) {
        for (OwnHeader own : OwnHeader.read(context, name, header).stream().toList()) {
            vault = Math.max(vault, own.vault());
            if (named.size() < MOST_IDENTITIES || named.containsKey(own.recipient())) {
                Named before = named.remove(own.recipient());
                // At the end, since it is the one named last; with the bundle named last.
                named.put(own.recipient(), new Named(own, before == null ? at : before.at()));
            }
            return;
        }
        for (Ed25519PublicKey maker : OwnHeader.maker(header).stream().toList()) {
            if (makers.size() < MOST_IDENTITIES) {
                makers.put(Fingerprint.of(maker), maker);
            }
        }
    }
}
