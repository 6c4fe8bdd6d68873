/**
 * How text is shown: what peers and servers send is made harmless, commands are told from text, rows are wrapped. Nothing
 * here may read or write a stream.
 */
@NullMarked
package dev.pychat.ref.client.text;

import org.jspecify.annotations.NullMarked;
