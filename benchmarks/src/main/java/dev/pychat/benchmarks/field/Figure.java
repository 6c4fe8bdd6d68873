package dev.pychat.benchmarks.field;

/** What is measured: a column of a table. */
enum Figure {
    DELIVERED("delivered/s", 0, "messages that reached the other side, each second"),
    SERVER_CPU(
            "server CPU, ms for 1,000",
            1,
            "processor time of the server's processes, user and system, for 1,000 messages that arrived (S3: that were accepted)"),
    TLS_CPU(
            "TLS, ms",
            1,
            "the budget (pychat only): which part of the server takes how much of its processor time for 1,000 messages. How much each thread "
                    + "has spent is what Linux says, so the parts add up to the whole; samples share it out, to some percent. To take samples "
                    + "costs something, too, so they are taken later from the same load, when all was measured and the server warmed up "
                    + "again. Here: sealing and opening TLS records"),
    SOCKETS_CPU(
            "sockets, ms",
            1,
            "the budget: reading and writing sockets and waiting for them, in the kernel and in Netty"),
    CODEC_CPU("codec, ms", 1, "the budget: frames from bytes, and bytes from frames"),
    ENGINE_CPU("engine, ms", 1, "the budget: what the server does about a frame"),
    STORE_CPU("store, ms", 1, "the budget: gathering messages, storing them and syncing them to the disk"),
    JVM_CPU("JVM, ms", 1, "the budget: collecting garbage and compiling"),
    OTHER_CPU("other, ms", 1, "the budget: threads that have ended, and what no sample tells"),
    GENERATOR(
            "generator, cores",
            2,
            "processor time of the load generator, in cores: where it is near what is left, it is the bottleneck"),
    BATCH("batch", 1, "messages that the store made durable together, on average (pychat only)"),
    ALLOCATED(
            "allocated, KiB a message", 1, "what the server's JVM allocated for a message that arrived (pychat only)"),
    RESIDENT("resident, MiB", 0, "the server's resident memory at the end"),
    P50("p50, ms", 2, "median of the time from the moment at which a message was due to its arrival"),
    P99("p99, ms", 2, "of 100 messages, 99 were as quick"),
    P999("p99.9, ms", 2, "of 1,000 messages, 999 were as quick"),
    STORED("stored/s", 0, "messages accepted for people who are away, each second"),
    DRAINED(
            "drained/s",
            0,
            "messages that reached people who had come back, each second, from the moment at which they asked"),
    ACCEPTED_BEFORE_KILL(
            "accepted before `kill -9`",
            0,
            "messages that senders were told are accepted when the server was killed in the middle of storing"),
    LOST("lost of them", 0, "how many of these did not arrive after the server was started again on its files"),
    CONNECTS(
            "logged in/s",
            0,
            "full TLS handshakes with log-in, each second, 32 at a time; pychat's clients log in by resuming their session with the server with a token"),
    CONNECT_CPU("server CPU, ms each", 2, "the server's processor time for one handshake with log-in"),
    RESUMED(
            "TLS resumed, %",
            0,
            "of as many connections as in the first row, made again when all others had left, those whose TLS session was resumed, "
                    + "with a ticket (RFC 8446, section 2.2) from the user's connection before; a server that gives no tickets, or takes none, has 0 here"),
    RETURNS("back/s", 0, "these connections with log-in, each second, 32 at a time"),
    RETURN_CPU("server CPU, ms each, back", 2, "the server's processor time for one of them"),
    IDLE_KIB(
            "resident, KiB each",
            1,
            "resident memory of the server for one idle connection: the difference from before, shared among all"),
    COLLECTED_KIB("after a collection, KiB each", 1, "the same, after the JVM collected its garbage (pychat only)"),
    ALIVE("alive", 0, "connections that were open a while after all had logged in");

    private final String title;
    private final int decimals;
    private final String meaning;

    Figure(String title, int decimals, String meaning) {
        this.title = title;
        this.decimals = decimals;
        this.meaning = meaning;
    }

    String title() {
        return title;
    }

    int decimals() {
        return decimals;
    }

    String meaning() {
        return meaning;
    }
}
