package dev.codexlsp.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void isTheProjectsOwn() {
    assertThat(Main.VERSION).isEqualTo(System.getProperty("project.version"));
  }
}
