package dev.pychat.examples;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads what a program is given on its standard input. */
final class Lines {

    private Lines() {}

    /** The first line, UTF-8, without its end. */
    static String first(InputStream input) throws IOException {
        String line = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new EOFException("standard input is empty; its first line must be the passphrase");
        }
        return line;
    }
}
