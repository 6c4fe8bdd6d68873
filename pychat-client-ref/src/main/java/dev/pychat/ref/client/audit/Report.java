package dev.pychat.ref.client.audit;

import dev.pychat.audit.AuditListener;
import dev.pychat.audit.AuditReport;
import java.io.IOException;

/** Says what an audit sees as it goes, and at its end the rest. Confined to the thread that audits. */
public interface Report extends AuditListener {

    /**
     * Says the rest.
     *
     * @param report what was found
     * @throws IOException if it can't be written
     */
    void end(AuditReport report) throws IOException;
}
