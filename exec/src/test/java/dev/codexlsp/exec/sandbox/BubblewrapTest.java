package dev.codexlsp.exec.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.exec.sandbox.FileRule.Access;
import dev.codexlsp.exec.sandbox.PathFacts.Kind;
import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BubblewrapTest {
  private static final String KERNEL = String.join(" ", Bubblewrap.KERNEL_FILES) + " ";
  private static final FileRule READ_ALL = new FileRule(new PathPattern.Root(), Access.READ);
  private static final FileRule WORKSPACE =
      new FileRule(new PathPattern.ProjectRoots(null), Access.WRITE);

  private final Map<Path, Kind> disk = new HashMap<>();
  private List<Path> unreadable = List.of();
  private List<Path> untouchable = List.of();
  private List<Path> sockets = List.of();
  private List<Path> alwaysProtected = List.of();

  BubblewrapTest() {
    put("/", Kind.DIRECTORY);
    put("/w", Kind.DIRECTORY);
  }

  private void put(String path, Kind kind) {
    disk.put(Path.of(path), kind);
  }

  private static FileRule rule(String path, Access access) {
    return new FileRule(new PathPattern.Literal(Path.of(path)), access, true);
  }

  private Confinement confinement(Network network, FileRule... rules) {
    return new Confinement(
        new PermissionProfile.Managed(List.of(rules), network),
        Path.of("/w"),
        List.of(Path.of("/w")),
        null,
        alwaysProtected);
  }

  private MountPlan.Mounts plan(FileRule... rules) throws UnconfinableException {
    return MountPlan.of(
        FileAccess.of(confinement(Network.RESTRICTED, rules)),
        new PathFacts(disk, unreadable, untouchable, sockets));
  }

  private String words(FileRule... rules) throws UnconfinableException {
    return String.join(" ", plan(rules).words());
  }

  @Test
  void everythingIsReadable() throws Exception {
    assertThat(words(READ_ALL)).isEqualTo("--ro-bind / / " + KERNEL.strip());
  }

  @Test
  void aWorkspaceIsWritableButForWhatIsProtected() throws Exception {
    put("/w/.git", Kind.DIRECTORY);
    put("/w/.env", Kind.FILE);
    MountPlan.Mounts plan =
        plan(
            READ_ALL,
            rule("/w/.env", Access.READ),
            rule("/w/.git", Access.READ),
            rule("/w/.codex", Access.READ),
            WORKSPACE);
    assertThat(String.join(" ", plan.words()))
        .isEqualTo(
            "--ro-bind / / "
                + KERNEL
                + "--bind /w /w --perms 555 --tmpfs /w/.codex --ro-bind /w/.env /w/.env"
                + " --ro-bind /w/.git /w/.git --remount-ro /w/.codex");
    assertThat(plan.mountPoints()).containsExactly(Path.of("/w/.codex"));
  }

  @Test
  void theFirstMissingFolderIsKeptFromBeingMade() throws Exception {
    MountPlan.Mounts plan =
        plan(READ_ALL, WORKSPACE, rule("/w/a/b/c", Access.READ), rule("/w/a/b/d", Access.NONE));
    assertThat(plan.mountPoints()).containsExactly(Path.of("/w/a"));
    assertThat(String.join(" ", plan.words()))
        .endsWith("--bind /w /w --perms 555 --tmpfs /w/a --remount-ro /w/a");
  }

  @Test
  void whatNobodyCanMakeNeedsNoMount() throws Exception {
    put("/w/.git", Kind.UNMAKEABLE);
    assertThat(plan(READ_ALL, WORKSPACE, rule("/w/.git", Access.READ)).mountPoints()).isEmpty();
  }

  @Test
  void whatIsMissingIsNeitherBoundNorMadeWhereNothingIsWritable() throws Exception {
    assertThat(words(READ_ALL, rule("/x/y", Access.WRITE), rule("/x/z", Access.NONE)))
        .isEqualTo("--ro-bind / / " + KERNEL.strip());
  }

  @Test
  void aProtectedLinkRefuses() {
    put("/w/.git", Kind.LINK);
    assertThatThrownBy(() -> plan(READ_ALL, WORKSPACE, rule("/w/.git", Access.READ)))
        .isInstanceOf(UnconfinableException.class)
        .hasMessage("protected path is a symbolic link: /w/.git");
    put("/w/a", Kind.LINK);
    assertThatThrownBy(() -> plan(READ_ALL, WORKSPACE, rule("/w/a/b", Access.NONE)))
        .hasMessage("protected path is a symbolic link: /w/a");
  }

  @Test
  void whatIsDeniedIsCovered() throws Exception {
    put("/w/d", Kind.DIRECTORY);
    put("/w/d/in", Kind.DIRECTORY);
    put("/etc/f", Kind.FILE);
    assertThat(
            words(
                READ_ALL,
                WORKSPACE,
                rule("/w/d", Access.NONE),
                rule("/w/d/in", Access.READ),
                rule("/etc/f", Access.NONE)))
        .endsWith(
            "--bind /w /w --ro-bind /dev/null /etc/f --perms 111 --tmpfs /w/d"
                + " --ro-bind /w/d/in /w/d/in --remount-ro /w/d");
  }

  @Test
  void onlyWhatIsNamedIsThere() throws Exception {
    put("/usr", Kind.DIRECTORY);
    put("/lib", Kind.LINK);
    assertThat(words(rule("/usr", Access.READ), rule("/lib", Access.READ), WORKSPACE))
        .isEqualTo(
            "--tmpfs / "
                + KERNEL
                + "--ro-bind /lib /lib --ro-bind /usr /usr --bind /w /w --remount-ro /");
  }

  @Test
  void credentialsAreCoveredAfterTheFolderThatHoldsThem() throws Exception {
    put("/w/home", Kind.DIRECTORY);
    put("/w/home/auth.json", Kind.FILE);
    put("/w/home/work", Kind.DIRECTORY);
    alwaysProtected = List.of(Path.of("/w/home"));
    unreadable = List.of(Path.of("/w/home/auth.json"));
    assertThat(words(READ_ALL, WORKSPACE, rule("/w/home/work", Access.WRITE)))
        .endsWith("--bind /w /w --ro-bind /w/home /w/home --ro-bind /dev/null /w/home/auth.json");
  }

  @Test
  void whatIsFoundOnTheDiskIsProtectedWhereItCouldBeWritten() throws Exception {
    put("/w/sub/.git", Kind.FILE);
    put("/w/hooks", Kind.MISSING);
    put("/other/.git", Kind.DIRECTORY);
    untouchable = List.of(Path.of("/w/sub/.git"), Path.of("/w/hooks"), Path.of("/other/.git"));
    MountPlan.Mounts plan = plan(READ_ALL, WORKSPACE);
    assertThat(String.join(" ", plan.words()))
        .endsWith(
            "--bind /w /w --perms 555 --tmpfs /w/hooks --ro-bind /w/sub/.git /w/sub/.git"
                + " --remount-ro /w/hooks");
  }

  @Test
  void socketsOfOthersAreHiddenAndAWorkspaceAmongThemIsNot() throws Exception {
    put("/run/user", Kind.DIRECTORY);
    put("/run/user/w", Kind.DIRECTORY);
    put("/run/bus", Kind.FILE);
    sockets = List.of(Path.of("/run/user"), Path.of("/run/bus"));
    assertThat(words(READ_ALL, rule("/run/user/w", Access.WRITE)))
        .endsWith(
            "--ro-bind /dev/null /run/bus --perms 111 --tmpfs /run/user"
                + " --bind /run/user/w /run/user/w --remount-ro /run/user");
  }

  @Test
  void theWholeDiskCanBeWritable() throws Exception {
    put("/x/.git", Kind.DIRECTORY);
    assertThat(
            words(new FileRule(new PathPattern.Root(), Access.WRITE), rule("/x/.git", Access.READ)))
        .isEqualTo("--bind / / " + KERNEL + "--ro-bind /x/.git /x/.git");
  }

  @Test
  void theCommandGetsItsOwnRooms() throws Exception {
    Bubblewrap.Command command =
        new Bubblewrap.Command(Path.of("/w/in"), Map.of("B", "2", "A", "x y"), 4, 5);
    PathFacts facts = new PathFacts(disk, List.of(), List.of(), List.of());
    String start = "--new-session --die-with-parent --unshare-user --unshare-pid --unshare-ipc ";
    String end =
        " --cap-drop ALL --chdir /w/in --seccomp 4 --json-status-fd 5 --setenv A x y --setenv B 2";
    String mounts = "--ro-bind / / " + KERNEL.strip();
    assertThat(
            Bubblewrap.arguments(confinement(Network.RESTRICTED, READ_ALL), facts, command).words())
        .isEqualTo(split(start + "--unshare-net " + mounts + end));
    assertThat(Bubblewrap.arguments(confinement(Network.ENABLED, READ_ALL), facts, command).words())
        .isEqualTo(split(start + mounts + end));
  }

  private static List<String> split(String words) {
    return List.of(words.replace("x y", "x_y").split(" ", -1)).stream()
        .map(word -> word.replace('_', ' '))
        .toList();
  }

  @Test
  void tooManyWordsAreRefused() {
    Map<String, String> variables =
        IntStream.range(0, 4000).boxed().collect(Collectors.toMap(n -> "V" + n, n -> "x"));
    Bubblewrap.Command command = new Bubblewrap.Command(Path.of("/w"), variables, 4, 5);
    assertThatThrownBy(() ->
            Bubblewrap.arguments(
                confinement(Network.RESTRICTED, READ_ALL),
                new PathFacts(disk, List.of(), List.of(), List.of()),
                command))
        .hasMessageStartingWith("too many variables and protected paths: 12");
  }

  @Test
  void theBestRungThatSufficesIsTaken() {
    SandboxReport both =
        new SandboxReport(
            List.of(
                new SandboxReport.Finding(Rung.BUBBLEWRAP, "no user name spaces"),
                new SandboxReport.Finding(Rung.LANDLOCK, null)));
    assertThat(both.best(false)).isEqualTo(Rung.LANDLOCK);
    assertThat(both.best(true)).isNull();
    assertThat(both.problems())
        .isEqualTo("bubblewrap: no user name spaces; landlock: only for what writes nothing");
    SandboxReport first =
        new SandboxReport(List.of(new SandboxReport.Finding(Rung.BUBBLEWRAP, null)));
    assertThat(first.best(true)).isEqualTo(Rung.BUBBLEWRAP);
  }
}
