/**
 * What an audit says, for people and for programs. All that others have written goes through
 * {@link dev.pychat.ref.client.text.Printable}, or into JSON in ASCII; nothing is judged here.
 */
@NullMarked
package dev.pychat.ref.client.audit;

import org.jspecify.annotations.NullMarked;
