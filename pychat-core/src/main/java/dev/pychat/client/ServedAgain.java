package dev.pychat.client;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.key.ConversationIds;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.wire.EpochHeader;
import dev.pychat.wire.Epochs;
import dev.pychat.wire.GetEpochs;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a history as the server gives it once more. Waits for the server. Confined to one thread. */
final class ServedAgain {

    private final Link link;
    private final ClientOptions options;
    private final Username peer;
    private final Map<Position, StoredMessage> messages = new HashMap<>();
    private final Map<EpochName, Bytes> headers = new HashMap<>();

    private ServedAgain(Link link, ClientOptions options, Username peer) {
        this.link = link;
        this.options = options;
        this.peer = peer;
    }

    /** Asks for the messages from one position up to before another; what the server does not give is not there. */
    static ServedAgain ask(
            Link link, ClientOptions options, Account account, Username peer, Position from, Position end)
            throws PychatException, InterruptedException {
        ServedAgain served = new ServedAgain(link, options, peer);
        ConversationId conversation = ConversationIds.of(account.realm(), account.user(), peer);
        Position next = from;
        while (end.isAfter(next)) {
            Message frame = served.since(next.plus(-1), (int) (end.value() - next.value()));
            if (frame.items().isEmpty() || !frame.first().equals(next)) {
                return served;
            }
            served.add(frame, conversation);
            next = next.plus(frame.items().size());
        }
        return served;
    }

    private Message since(Position after, int limit) throws PychatException, InterruptedException {
        try {
            return Answers.get(
                    link.ask(Message.class, id -> new Since(id, peer, after, limit)), options.requestTimeout());
        } catch (FailureException e) {
            throw e.asRefused();
        }
    }

    private void add(Message frame, ConversationId conversation) {
        ServedMessages.of(conversation, frame).forEach(message -> messages.put(message.position(), message));
        frame.headers().forEach(this::add);
    }

    private void add(EpochHeader header) {
        if (Sha256.of(header.header()).equals(header.name().value())) {
            headers.put(header.name(), header.header());
        }
    }

    Optional<StoredMessage> message(Position position) {
        return Optional.ofNullable(messages.get(position));
    }

    /** The header of an epoch, which is asked for if it did not come along; empty if the server has none of that name. */
    Optional<Bytes> header(EpochName name) throws PychatException, InterruptedException {
        if (!headers.containsKey(name)) {
            try {
                Epochs answer = Answers.get(
                        link.ask(Epochs.class, id -> new GetEpochs(id, peer, List.of(name))), options.requestTimeout());
                answer.epochs().forEach(this::add);
            } catch (FailureException e) {
                throw e.asRefused();
            }
        }
        return Optional.ofNullable(headers.get(name));
    }
}
