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
import java.util.HashSet;
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

    private static final int MOST_ENTRIES = 1_024;

    private final Account account;
    private final Username peer;
    private final ChatHistory history;

    RewrapHistory(Account account, Username peer, ChatHistory history) {
        this.account = account;
        this.peer = peer;
        this.history = history;
    }

    /** What this account has answered, whichever of its devices. */
    static final class Answers {

        private final Map<EpochName, Position> latest = new HashMap<>();
        private int lately;

        private void add(Position position, Set<EpochName> names, boolean isLate) {
            names.forEach(name -> latest.putIfAbsent(name, position));
            lately += isLate ? names.size() : 0;
        }

        boolean isBehind(Position request, EpochName name) {
            return latest.getOrDefault(name, Position.NONE).isAfter(request);
        }

        /** How many since the time that was asked for. */
        int lately() {
            return lately;
        }
    }

    /** Looked up once for all requests in question, since there may be many: all behind the first of them, and all since a time. */
    Answers answers(Optional<Position> first, Instant since) throws StoreException {
        Position request = first.orElse(history.last());
        Answers answers = new Answers();
        HistoryWalk.back(account, peer, history.last(), MOST_ENTRIES, (entry, record) -> {
            boolean isLate = record.time().isAfter(since);
            answers.add(entry.position(), answered(record), isLate);
            return isLate || entry.position().isAfter(request);
        });
        return answers;
    }

    /** The epochs for which the peer has asked since a time with no answer behind it, each with its latest request, oldest first. */
    Map<EpochName, Position> unanswered(Instant since) throws StoreException {
        Set<EpochName> answered = new HashSet<>();
        Map<EpochName, Position> asked = new LinkedHashMap<>();
        HistoryWalk.back(account, peer, history.last(), MOST_ENTRIES, (entry, record) -> {
            answered.addAll(answered(record));
            asked(record)
                    .filter(request -> record.time().isAfter(since))
                    .ifPresent(request -> request.epochs().stream()
                            .filter(name -> !answered.contains(name))
                            .forEach(name -> asked.putIfAbsent(name, entry.position())));
            return record.time().isAfter(since);
        });
        List<Map.Entry<EpochName, Position>> oldestFirst = new ArrayList<>(asked.entrySet());
        Collections.reverse(oldestFirst);
        Map<EpochName, Position> inOrder = new LinkedHashMap<>();
        oldestFirst.forEach(each -> inOrder.put(each.getKey(), each.getValue()));
        return inOrder;
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
