package dev.pychat.client;

import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the peer has said last about its history policy. Used on the chat's queue; stateless. */
final class PolicyWord {

    private static final int MOST_ENTRIES = 1_024;

    private PolicyWord() {}

    /** By the newest bundle that this device has of the peer, or the last epoch of the peer's if it names a later one. */
    static ConversationPolicy of(Account account, Username peer, List<Pin> pin, EpochShelf epochs)
            throws StoreException {
        Optional<KeyBundle> bundle =
                pin.stream().flatMap(known -> known.here().bundle().stream()).findFirst();
        long serial = bundle.map(known -> known.fields().serial()).orElse(0L);
        HistoryPolicy theirs = bundle.map(KeyBundle::historyPolicy).orElse(HistoryPolicy.KEEP);
        Optional<OpenedEpoch> last = last(account, peer, epochs)
                .filter(epoch -> pin.stream().anyMatch(known -> epoch.isWith(known.present())))
                .filter(epoch -> epoch.senderSerial() > serial);
        return new ConversationPolicy(
                peer,
                account.keyring().historyPolicy(),
                last.map(OpenedEpoch::senderPolicy).orElse(theirs));
    }

    private static Optional<OpenedEpoch> last(Account account, Username peer, EpochShelf epochs) throws StoreException {
        List<EpochName> named = new ArrayList<>();
        HistoryWalk.back(account, peer, account.transcripts().span(peer).to(), MOST_ENTRIES, (entry, record) -> {
            if (entry.n() >= 0 && record.sender().equals(peer)) {
                named.add(entry.epoch());
            }
            return named.isEmpty();
        });
        return named.isEmpty() ? Optional.empty() : epochs.find(named.get(0));
    }
}
