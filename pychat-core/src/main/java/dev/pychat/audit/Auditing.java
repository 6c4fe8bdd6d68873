package dev.pychat.audit;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochInspector;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.KnownMessages;
import dev.pychat.envelope.MessageInspection;
import dev.pychat.envelope.MessageOpener;
import dev.pychat.envelope.MessageOpening;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.OpenedMessage;
import dev.pychat.envelope.SealedMessage;
import dev.pychat.envelope.SignedEpoch;
import dev.pychat.envelope.Taken;
import dev.pychat.envelope.Transcript;
import dev.pychat.key.BundleDefect;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One audit of one file, message by message as a client takes them. Used once. */
final class Auditing {

    private final EvidenceReader reader;
    private final EpochFile file;
    private final KeyPolicy policy;
    private final AuditListener listener;

    Auditing(EvidenceReader reader, EpochFile file, KeyPolicy policy, AuditListener listener) {
        this.reader = reader;
        this.file = file;
        this.policy = policy;
        this.listener = listener;
    }

    AuditReport run() throws IOException, EvidenceException {
        Optional<EvidenceRecord> first = reader.next();
        if (first.isEmpty() || !(first.get() instanceof EvidenceRecord.Scope about)) {
            throw EvidenceException.damaged("it has changed while it was read");
        }
        EvidenceScope scope = about.scope();
        AuditBundles bundles = new AuditBundles(scope, policy);
        Optional<EvidenceRecord> next = reader.next();
        while (next.isPresent() && next.get() instanceof EvidenceRecord.Bundle bundle) {
            bundles.add(bundle.bundle());
            next = reader.next();
        }
        bundles.compare();
        AuditIdentities identities = AuditIdentities.of(scope, bundles);
        listener.onScope(scope, identities.safetyNumber(), identities.all());
        ConversationContext context = scope.context().with(bundles.since());
        try (AuditEpochs epochs = new AuditEpochs(scope, new EpochInspector(context), bundles, file)) {
            Messages messages = new Messages(scope, context, epochs, identities);
            while (next.isPresent()) {
                messages.take(next.get());
                next = reader.next();
            }
            return messages.report(bundles.audited());
        }
    }

    /** The messages, and what has been seen of them so far. */
    private final class Messages {

        private final EvidenceScope scope;
        private final ConversationContext context;
        private final AuditEpochs epochs;
        private final AuditIdentities identities;
        private final MessageOpener opener;
        private final EpochInspector inspector;
        private final AuditIndex index;
        private final AuditLanes lanes = new AuditLanes();
        private final AuditViews views;
        private Transcript transcript;
        private long read;
        private long sealed;
        private long refused;
        private long absent;
        private long findings;
        private long unsupported;
        private long uncovered;

        Messages(EvidenceScope scope, ConversationContext context, AuditEpochs epochs, AuditIdentities identities) {
            this.scope = scope;
            this.context = context;
            this.epochs = epochs;
            this.identities = identities;
            this.opener = new MessageOpener(context);
            this.inspector = new EpochInspector(context);
            this.index = new AuditIndex(scope.first());
            this.views = new AuditViews(scope, context.conversation());
            this.transcript = Transcript.from(context.conversation(), scope.first());
        }

        void take(EvidenceRecord record) throws IOException, EvidenceException {
            if (record instanceof EvidenceRecord.Epoch epoch) {
                epochs.add(epoch, reader.recordAt());
                epoch.close();
            } else if (record instanceof EvidenceRecord.Message message) {
                take(message.at(context.conversation(), transcript.last().next()));
            } else if (record instanceof EvidenceRecord.Absent missing) {
                pass(missing.message());
            }
        }

        private void take(StoredMessage message) throws IOException, EvidenceException {
            Optional<EpochName> name = EpochOpener.epochOf(message.envelope());
            if (name.isEmpty()) {
                refuse(message, (Finding) inspector.inspect(message, Bytes.EMPTY));
                return;
            }
            AuditEpochs.Named epoch = epochs.named(message, name.get());
            if (epoch.held().isEmpty()) {
                refuse(message, epoch.finding().orElseThrow());
                return;
            }
            SignedEpoch signed = epoch.held().get().signed();
            AuditedIdentity signer = identities.signer(signed);
            Optional<OpenedEpoch> opened = epoch.held().get().opened();
            if (opened.isPresent()) {
                open(message, signer, opener.open(message, opened.get()));
            } else {
                look(message, signer, opener.inspect(message, signed));
            }
        }

        private void open(StoredMessage message, AuditedIdentity signer, MessageOpening opening) {
            Taken taken = transcript.take(message, opening, index);
            keep(message, taken);
            Optional<OpenedMessage> shown = taken.shown();
            if (shown.isEmpty()) {
                tellRefused(message, taken.findings());
                return;
            }
            OpenedMessage opened = shown.get();
            read++;
            index.add(message.position(), opened.head());
            lanes.add(signer, true, opened.head(), opened.before(), opened.previous(), taken.findings());
            views.read(signer, message.position(), opened.view(), index);
            tell(message, AuditedMessage.Outcome.READ, Optional.of(signer), shown, taken.findings());
        }

        private void look(StoredMessage message, AuditedIdentity signer, MessageInspection seen) {
            if (!(seen instanceof SealedMessage outside)) {
                refuse(message, (Finding) seen);
                return;
            }
            Taken taken = transcript.takeSealed(message, outside, index);
            keep(message, taken);
            if (!Findings.isInPlace(taken.findings())) {
                tellRefused(message, taken.findings());
                return;
            }
            sealed++;
            index.add(message.position(), outside.head());
            lanes.add(signer, false, outside.head(), outside.before(), outside.previous(), taken.findings());
            views.missed();
            tell(message, AuditedMessage.Outcome.SEALED, Optional.of(signer), Optional.empty(), taken.findings());
        }

        private void refuse(StoredMessage message, Finding why) {
            Taken taken = transcript.take(message, why, index);
            keep(message, taken);
            tellRefused(message, taken.findings());
        }

        private void tellRefused(StoredMessage message, List<Finding> why) {
            refused++;
            tell(message, AuditedMessage.Outcome.REFUSED, Optional.empty(), Optional.empty(), why);
        }

        private void keep(StoredMessage message, Taken taken) {
            keep(
                    new KnownMessages.Step(
                            message.id(), Sha256.of(message.envelope().value())),
                    taken);
        }

        private void keep(KnownMessages.Step step, Taken taken) {
            index.add(step);
            taken.views().forEach(index::add);
            transcript = taken.after();
        }

        private void tell(
                StoredMessage message,
                AuditedMessage.Outcome outcome,
                Optional<AuditedIdentity> signer,
                Optional<OpenedMessage> opened,
                List<Finding> found) {
            long newer = found.stream().filter(Findings::isUnsupported).count();
            unsupported += newer;
            findings += found.size() - newer;
            uncovered += signer.filter(by -> !by.isCovered()).isPresent() ? 1 : 0;
            listener.onMessage(new AuditedMessage(
                    message.position(),
                    message.sender(),
                    message.id(),
                    outcome,
                    signer,
                    Optional.of(message.time()),
                    opened.map(OpenedMessage::time),
                    opened.map(OpenedMessage::content),
                    Optional.empty(),
                    found));
        }

        private void pass(AbsentMessage missing) {
            Position position = transcript.last().next();
            KnownMessages.Step step = new KnownMessages.Step(missing.id(), missing.envelopeHash());
            keep(step, transcript.pass(missing.sender(), missing.lane(), step));
            absent++;
            views.missed();
            listener.onMessage(new AuditedMessage(
                    position,
                    missing.sender(),
                    missing.id(),
                    AuditedMessage.Outcome.ABSENT,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(missing.reason()),
                    List.of()));
        }

        AuditReport report(List<AuditedBundle> bundles) {
            long newer = bundles.stream()
                    .filter(each -> each.defect()
                            .filter(BundleDefect.NEWER_VERSION::equals)
                            .isPresent())
                    .count();
            long bad =
                    bundles.stream().filter(each -> each.defect().isPresent()).count() - newer;
            List<AuditedEpoch> audited = epochs.audited();
            long unbundled = audited.stream()
                    .flatMap(epoch -> epoch.terms().stream())
                    .filter(terms -> !terms.bundleGiven())
                    .count();
            return new AuditReport(
                    scope,
                    identities.safetyNumber(),
                    identities.all(),
                    bundles,
                    audited,
                    lanes.audited(),
                    views.audited(),
                    new AuditReport.Counts(
                            read, sealed, refused, absent, findings + bad, unsupported + newer, unbundled, uncovered));
        }
    }
}
