package dev.codexlsp.exec.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.Inheritance;
import dev.codexlsp.exec.ProcessSpec;
import dev.codexlsp.exec.Run;
import dev.codexlsp.exec.Stdio;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What only a place with a server has, besides.
abstract class RemoteSuite extends BackendSuite {

  @Test
  void whatTheServerHasCanBeInherited() throws Exception {
    ProcessSpec inheriting =
        new ProcessSpec(
            List.of("/usr/bin/env"),
            null,
            folder,
            Map.of("ADDED", "1"),
            Stdio.NO_INPUT,
            new Inheritance(Inheritance.From.ALL, false, List.of("HOME"), Map.of(), List.of()));

    List<String> lines = Run.of(backend.start(inheriting)).stdout().lines().toList();

    assertThat(lines).contains("ADDED=1").anyMatch(line -> line.startsWith("PATH="));
    assertThat(lines).noneMatch(line -> line.startsWith("HOME="));
  }
}
