package dev.pychat.audit;

import dev.pychat.envelope.KnownMessages;
import dev.pychat.envelope.View;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import java.util.Optional;

/** What has been seen of the views so far. Confined to one thread. */
final class AuditViews {

    private final EvidenceScope scope;
    private final Bytes start;
    private long agreeing;
    private long differing;
    private long unchecked;
    private Position byExporter = Position.NONE;
    private Position byPeer = Position.NONE;

    AuditViews(EvidenceScope scope, ConversationId conversation) {
        this.scope = scope;
        this.start = View.empty(conversation).hash();
    }

    /** A message was read, and its view is held against the history before it. */
    void read(AuditedIdentity signer, Position at, View view, KnownMessages known) {
        Optional<Bytes> ours = view.position().isMessage() ? known.viewAt(view.position()) : Optional.of(start);
        if (!at.isAfter(view.position())) {
            differing++;
        } else if (ours.isEmpty()) {
            unchecked++;
        } else if (ours.get().equals(view.hash())) {
            agreeing++;
            agreed(signer, view.position());
        } else {
            differing++;
        }
    }

    /** A side has confirmed only what an identity says of which people can tell that it is theirs. */
    private void agreed(AuditedIdentity signer, Position upTo) {
        if (!signer.isCovered()) {
            return;
        }
        if (signer.user().equals(scope.peer())) {
            byPeer = upTo.isAfter(byPeer) ? upTo : byPeer;
        } else {
            byExporter = upTo.isAfter(byExporter) ? upTo : byExporter;
        }
    }

    /** A message is not read, or not there, and so is its view. */
    void missed() {
        unchecked++;
    }

    AuditedViews audited() {
        return new AuditedViews(agreeing, differing, unchecked, byExporter, byPeer);
    }
}
