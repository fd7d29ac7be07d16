package dev.codexlsp.exec.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.Landlock.Right;
import dev.codexlsp.exec.sandbox.PathFacts.Kind;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the kernel is told, as a whole: what is not in the plan is not allowed.
class LandlockTest {
  private static final Path ROOT = Path.of("/");
  private static final FileRule ALL = new FileRule(new PathPattern.Root(), Access.READ);
  private static final Map<Path, Right> DEVICES =
      Map.of(
          Path.of("/dev/null"), Right.USE,
          Path.of("/dev/zero"), Right.USE,
          Path.of("/dev/full"), Right.USE,
          Path.of("/dev/tty"), Right.USE,
          Path.of("/dev/random"), Right.READ,
          Path.of("/dev/urandom"), Right.READ);

  private static Confinement confinement(FileRule... rules) {
    return new Confinement(
        new PermissionProfile.Managed(List.of(rules), Network.RESTRICTED),
        Path.of("/w"),
        List.of(Path.of("/w")),
        null,
        List.of(Path.of("/home/me/.codex")));
  }

  private static FileRule rule(String path, Access access) {
    return new FileRule(new PathPattern.Literal(Path.of(path)), access);
  }

  private static PathFacts facts(Map<Path, Kind> kinds, Path... unreadable) {
    return new PathFacts(kinds, List.of(unreadable), List.of(), List.of());
  }

  private static Map<Path, Right> with(Map<Path, Right> devices, Map<String, Right> more) {
    Map<Path, Right> all = new HashMap<>(devices);
    more.forEach((path, right) -> all.put(Path.of(path), right));
    return all;
  }

  private static List<Path> paths(String... names) {
    return List.of(names).stream().map(Path::of).toList();
  }

  @Test
  void whatLiesBesideAHoleIsAllowedOneByOne() throws Exception {
    FileAccess rules = FileAccess.of(confinement(ALL));
    PathFacts facts = facts(Map.of());
    assertThat(Landlock.folders(rules, facts))
        .containsExactlyInAnyOrderElementsOf(paths("/", "/home", "/home/me", "/home/me/.codex"));
    Map<Path, List<Path>> entries =
        Map.of(
            ROOT,
            paths("/usr", "/dev", "/home", "/w"),
            Path.of("/home"),
            paths("/home/you", "/home/me"),
            Path.of("/home/me"),
            paths("/home/me/.codex", "/home/me/x"),
            Path.of("/home/me/.codex"),
            paths("/home/me/.codex/auth.json", "/home/me/.codex/config.toml"));
    assertThat(Landlock.plan(rules, facts, entries))
        .isEqualTo(
            with(
                DEVICES,
                Map.of(
                    "/", Right.LIST,
                    "/usr", Right.READ,
                    "/w", Right.READ,
                    "/home", Right.LIST,
                    "/home/you", Right.READ,
                    "/home/me", Right.LIST,
                    "/home/me/x", Right.READ,
                    "/home/me/.codex", Right.LIST,
                    "/home/me/.codex/config.toml", Right.READ)));
  }

  @Test
  void afolderThatCannotBeListedIsPassedThrough() throws Exception {
    FileAccess rules = FileAccess.of(confinement(ALL));
    Map<Path, List<Path>> entries =
        Map.of(
            ROOT,
            paths("/home"),
            Path.of("/home"),
            List.of(),
            Path.of("/home/me"),
            paths("/home/me/x"));
    assertThat(Landlock.plan(rules, facts(Map.of()), entries))
        .containsEntry(Path.of("/home/me/x"), Right.READ)
        .doesNotContainKey(Path.of("/home/me/.codex/auth.json"));
  }

  @Test
  void onlyWhatIsNamedIsAllowedWhereNotAllIs() throws Exception {
    FileAccess rules = FileAccess.of(confinement(rule("/w", Access.READ)));
    assertThat(Landlock.plan(rules, facts(Map.of(), Path.of("/w/a.secret")), Map.of()))
        .isEqualTo(with(DEVICES, Map.of("/w", Right.LIST)));
    assertThat(Landlock.plan(rules, facts(Map.of()), Map.of()))
        .isEqualTo(with(DEVICES, Map.of("/w", Right.READ)));
  }

  @Test
  void aDeniedFileWithinAFolderIsAHole() throws Exception {
    FileAccess rules =
        FileAccess.of(confinement(rule("/w", Access.READ), rule("/w/no", Access.NONE)));
    Map<Path, List<Path>> entries = Map.of(Path.of("/w"), paths("/w/no", "/w/yes"));
    assertThat(Landlock.plan(rules, facts(Map.of(Path.of("/w/no"), Kind.FILE)), entries))
        .isEqualTo(with(DEVICES, Map.of("/w", Right.LIST, "/w/yes", Right.READ)));
  }

  @Test
  void aDeniedFolderIsRefusedAsItsNamesCouldBeListed() {
    FileAccess rules = FileAccess.of(confinement(ALL, rule("/w/no", Access.NONE)));
    PathFacts facts = facts(Map.of(Path.of("/w/no"), Kind.DIRECTORY));
    assertThatThrownBy(() -> Landlock.plan(rules, facts, Map.of()))
        .isInstanceOf(UnconfinableException.class)
        .hasMessage("landlock cannot hide the names in a folder: /w/no");
  }

  @Test
  void writingIsRefused() {
    FileAccess rules = FileAccess.of(confinement(ALL, rule("/w", Access.WRITE)));
    assertThatThrownBy(() -> Landlock.plan(rules, facts(Map.of()), Map.of()))
        .isInstanceOf(UnconfinableException.class)
        .hasMessage("landlock is for who writes nothing: /w");
  }

  @Test
  void thereIsABound() {
    FileAccess rules = FileAccess.of(confinement(ALL));
    List<Path> many = new ArrayList<>();
    IntStream.range(0, 10_001).forEach(number -> many.add(Path.of("/home/me", "f" + number)));
    assertThatThrownBy(
            () -> Landlock.plan(rules, facts(Map.of()), Map.of(Path.of("/home/me"), many)))
        .isInstanceOf(UnconfinableException.class)
        .hasMessageStartingWith("too much lies beside what is not to be read: /home/me/f");
  }
}
