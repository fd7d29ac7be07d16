package dev.codexlsp.exec.local;

import dev.codexlsp.exec.sandbox.Rung;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The launchers that keep the same contract.
enum Hands {
  POSIX,
  JDK;

  LocalBackend open(Duration drainGrace) {
    return new LocalBackend(
        () ->
            switch (this) {
              case POSIX ->
                  new PosixLauncher(
                      Objects.requireNonNull(Libc.load(), "the tests need glibc"), drainGrace);
              case JDK -> new JdkLauncher(drainGrace);
            },
        Map.of(),
        List.of(Rung.values()));
  }
}
