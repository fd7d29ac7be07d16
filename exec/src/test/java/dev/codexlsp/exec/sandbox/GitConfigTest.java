package dev.codexlsp.exec.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GitConfigTest {
  @Test
  void findsWhereHooksAreAndWhatIsIncluded() {
    GitConfig config =
        GitConfig.parse(
            """
            # hooksPath = no
            [user]
              hooksPath = no
            [core] hooksPath = one ; why
            [CORE]
              HooksPath="two # three"
              hookspath = a\\
            b
              hooksPath
            [include]
              path = ../shared
            [includeIf "gitdir:~/project/"]
              path = ~/other
            [core "sub"]
            [broken
              path = x
            """);
    assertThat(config)
        .isEqualTo(
            new GitConfig(List.of("one", "two # three", "ab"), List.of("../shared", "~/other")));
  }

  @Test
  void findsNothingInNothing() {
    assertThat(GitConfig.parse("")).isEqualTo(new GitConfig(List.of(), List.of()));
    assertThat(GitConfig.parse("]=[\0\"\\")).isEqualTo(new GitConfig(List.of(), List.of()));
  }
}
