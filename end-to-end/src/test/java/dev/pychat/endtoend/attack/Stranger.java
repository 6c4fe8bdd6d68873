package dev.pychat.endtoend.attack;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Credential;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.Hello;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.ProtocolVersion;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import dev.pychat.wire.WireLimits;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A TLS connection from an address of one's own, on which what is said and whether it is read is up to the attack. One thread's. */
final class Stranger implements AutoCloseable {

    private static final String SERVER = "127.0.0.1";
    private static final int MOST_TRIES = 60;
    private static final int CONNECTS = 5;
    private static final SSLContext CONTEXT = context();

    private final SSLSocket socket;
    private final FrameDecoder<ServerFrame> decoder =
            FrameDecoder.ofServerFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER);
    private final byte[] chunk = new byte[16 * 1024];
    private ByteBuffer received = ByteBuffer.allocate(0);
    private long requests;

    private Stranger(SSLSocket socket) {
        this.socket = socket;
    }

    /** Connects from an address of this machine and shakes hands. */
    static Stranger connect(Target server, String from) throws IOException {
        Socket raw = new Socket();
        try {
            raw.bind(address(from));
            raw.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            raw.setSoTimeout((int) RawClient.PATIENCE.toMillis());
            SSLSocket socket = (SSLSocket) CONTEXT.getSocketFactory().createSocket(raw, SERVER, server.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            parameters.setApplicationProtocols(new String[] {ProtocolVersion.ALPN});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new Stranger(socket);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** An address of this machine, on any port. */
    static InetSocketAddress address(String from) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getAllByName(from)[0], 0);
    }

    /** Connects, says hello and logs in, at the time that the server says if it is busy. */
    static Stranger loggedIn(Target server, String from, String name) throws Exception {
        Stranger stranger = greeted(server, from);
        ServerFrame answer = stranger.logIn(name, Target.SECRET);
        for (int i = 0; i < MOST_TRIES && isBusy(answer); i++) {
            Thread.sleep(((Failure) answer).details().retryAfter().toMillis());
            answer = stranger.logIn(name, Target.SECRET);
        }
        if (!(answer instanceof Session)) {
            throw new AssertionError("no session for " + name + ": " + answer);
        }
        return stranger;
    }

    private static boolean isBusy(ServerFrame answer) {
        return answer instanceof Failure failure && failure.code() == ErrorCode.BUSY;
    }

    /** Connects, once more if a busy machine has not come to it in time, and says hello. */
    static Stranger greeted(Target server, String from) throws Exception {
        Stranger stranger = null;
        for (int i = 1; stranger == null; i++) {
            try {
                stranger = connect(server, from);
            } catch (IOException e) {
                if (i == CONNECTS) {
                    throw e;
                }
            }
        }
        stranger.ask(id -> new Hello(id, List.of(1), "stranger"));
        return stranger;
    }

    ServerFrame logIn(String name, Credential secret) throws IOException, MalformedFrameException {
        return ask(id -> new LogIn(id, new Username(name), RawClient.device(name), secret));
    }

    /** Sends a request and takes the next frame for the answer. */
    ServerFrame ask(LongFunction<? extends ClientFrame> request) throws IOException, MalformedFrameException {
        write(FrameCodec.encode(request.apply(++requests)));
        return read();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends a frame with this header, whatever it may be, and no body. */
    void writeHeader(String header) throws IOException {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        write(Bytes.concat(Bytes.fromHex("%08x%04x".formatted(bytes.length + 2, bytes.length)), Bytes.adopt(bytes))
                .toArray());
    }

    /** The next frame. */
    ServerFrame read() throws IOException, MalformedFrameException {
        while (true) {
            Optional<ServerFrame> frame = decoder.decode(received);
            if (frame.isPresent()) {
                return frame.get();
            }
            int count = socket.getInputStream().read(chunk);
            if (count < 0) {
                throw new EOFException("the server has closed");
            }
            received = ByteBuffer.wrap(chunk, 0, count);
        }
    }

    /** Passes over the next frame without decoding it, which only works while nothing has been read in part. */
    void passOver() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.skipNBytes(in.readInt());
    }

    /** Reads on until the server ends the connection; an {@link AssertionError} if it does not. */
    void awaitEnd() {
        try {
            while (socket.getInputStream().read(chunk) >= 0) {
                // What was sent before does not matter.
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server has not ended the connection", e);
        } catch (IOException reset) {
            // That is an end as well.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of today has TLS", e);
        }
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
