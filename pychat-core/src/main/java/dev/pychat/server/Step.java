package dev.pychat.server;

import dev.pychat.model.PychatException;

/** The handling of one request, to be run on the connection's queue; it may leave the answer to somebody who comes later. */
@FunctionalInterface
interface Step {

    /** Does it; what it throws is the answer. */
    void run() throws PychatException;
}
