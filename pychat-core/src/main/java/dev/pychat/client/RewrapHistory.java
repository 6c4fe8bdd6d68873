package dev.pychat.client;

import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in the history of requests for epochs and of answers to them, which is all that is kept of either (ENVELOPE.md, section 7.1).
 * Confined to the chat's queue.
 */
final class RewrapHistory {

    private final Account account;
    private final Username peer;
    private final ChatHistory history;

    RewrapHistory(Account account, Username peer, ChatHistory history) {
        this.account = account;
        this.peer = peer;
        this.history = history;
    }

    /** What this account has answered, whichever of its devices, as far as that was looked at. */
    static final class Answers {

        /** How many epochs were given at once, and when, as who gave them has signed it. */
        private record Given(Instant time, int count) {}

        private final Map<EpochName, Position> latest = new HashMap<>();
        private final Map<Position, Given> lately = new HashMap<>();

        private void add(Position position, Instant time, Set<EpochName> names) {
            for (EpochName name : names) {
                latest.merge(name, position, (one, other) -> one.isAfter(other) ? one : other);
            }
            if (!names.isEmpty()) {
                lately.put(position, new Given(time, names.size()));
            }
        }

        boolean isBehind(Position request, EpochName name) {
            return latest.getOrDefault(name, Position.NONE).isAfter(request);
        }

        /** How many since a time; those before it are asked for no more. */
        int since(Instant time) {
            lately.values().removeIf(given -> given.time.isBefore(time));
            return lately.values().stream().mapToInt(Given::count).sum();
        }
    }

    /**
     * What stands there when a process begins: adds what was answered since a time, however much else was said since; and gives the epochs for which the peer
     * has asked, by messages that this device took since another time and that are not too far back, with no answer behind it, each with its latest request,
     * oldest first.
     */
    Map<EpochName, Position> search(Answers answers, Instant answered, Instant asked) throws StoreException {
        Position end = history.last();
        Map<EpochName, Position> unanswered = new LinkedHashMap<>();
        HistoryWalk.back(account, peer, end, Long.MAX_VALUE, (entry, record) -> {
            boolean isNear = entry.position().value() > end.value() - GivenSecrets.TRIED
                    && record.taken().isAfter(asked);
            note(answers, entry.position(), record);
            asked(record)
                    .filter(request -> isNear)
                    .ifPresent(request -> request.epochs().stream()
                            .filter(name -> !answers.isBehind(entry.position(), name))
                            .forEach(name -> unanswered.putIfAbsent(name, entry.position())));
            return isNear || record.taken().isAfter(answered);
        });
        List<Map.Entry<EpochName, Position>> oldestFirst = new ArrayList<>(unanswered.entrySet());
        Collections.reverse(oldestFirst);
        Map<EpochName, Position> inOrder = new LinkedHashMap<>();
        oldestFirst.forEach(each -> inOrder.put(each.getKey(), each.getValue()));
        return inOrder;
    }

    /** A message was taken: one of this account's own may be an answer. */
    void note(Answers answers, Position position, HistoryRecord record) {
        answers.add(position, record.claimed(), answered(record));
    }

    Optional<RewrapRequest> asked(HistoryRecord record) {
        return record.sender().equals(peer) ? record.content().flatMap(RewrapRequest::of) : Optional.empty();
    }

    private Set<EpochName> answered(HistoryRecord record) {
        Optional<RewrapAnswer> answer =
                record.sender().equals(account.user()) ? record.content().flatMap(RewrapAnswer::of) : Optional.empty();
        if (answer.isEmpty()) {
            return Set.of();
        }
        try (RewrapAnswer own = answer.get()) {
            return own.epochs();
        }
    }
}
