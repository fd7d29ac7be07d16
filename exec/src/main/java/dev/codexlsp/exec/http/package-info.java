/// The one factory of HTTP clients and of what secures other connections, so that what holds for
/// every outgoing connection is decided in one place.
@NullMarked
package dev.codexlsp.exec.http;

import org.jspecify.annotations.NullMarked;
