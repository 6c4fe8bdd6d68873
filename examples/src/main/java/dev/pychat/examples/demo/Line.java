package dev.pychat.examples.demo;

/**
 * What somebody typed in the chat.
 *
 * @param side who
 * @param text what
 */
record Line(Side side, String text) {}
