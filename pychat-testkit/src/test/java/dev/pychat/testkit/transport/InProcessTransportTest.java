package dev.pychat.testkit.transport;

import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.InProcessTransport;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.TransportOptions;

class InProcessTransportTest extends TransportContract {

    InProcessTransportTest() {
        super(new TransportUnderTest() {
            @Override
            public ServerTransport server(TransportOptions options) {
                return InProcessTransport.create(options);
            }

            @Override
            public ClientTransport client(ServerTransport server, Listener listener, TransportOptions options) {
                return ((InProcessTransport) server).client();
            }
        });
    }
}
