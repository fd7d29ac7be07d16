package dev.codexlsp.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.patch.FileChange;
import dev.codexlsp.core.patch.ParseResult;
import dev.codexlsp.core.patch.PatchParser;
import dev.codexlsp.core.patch.PatchPlanner;
import dev.codexlsp.core.patch.PlanResult;
import dev.codexlsp.exec.FileException;
import dev.codexlsp.exec.FileSystem;
import dev.codexlsp.exec.local.LocalBackend;
import dev.codexlsp.exec.sandbox.Confinement;
import dev.codexlsp.exec.sandbox.PermissionProfile;
import dev.codexlsp.exec.sandbox.SandboxPolicy;
import dev.codexlsp.exec.sandbox.SandboxProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Patches on a real disk.
class PatchWriterTest {
  @TempDir Path folder;
  private final LocalBackend backend = new LocalBackend(Duration.ofMillis(300), Map.of());
  private final FileSystem files = backend.files();
  private Path work = Path.of("/");

  @BeforeEach
  void findOut() throws IOException {
    work = folder.toRealPath();
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private List<FileChange> plan(String body, PatchFiles sources) throws Exception {
    ParseResult.Parsed parsed =
        (ParseResult.Parsed) PatchParser.parse("*** Begin Patch\n" + body + "*** End Patch\n");
    return ((PlanResult.Planned) PatchPlanner.plan(parsed.patch(), work, sources)).changes();
  }

  private void apply(String body) throws Exception {
    PatchFiles sources = new PatchFiles(files);
    new PatchWriter(files, sources).write(plan(body, sources));
  }

  @Test
  void theModeStaysAlsoWhenTheFileMoves() throws Exception {
    Path script = Files.writeString(work.resolve("run.sh"), "one\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x--x"));
    apply("*** Update File: run.sh\n@@\n-one\n+two\n");
    apply("*** Update File: run.sh\n*** Move to: bin/go.sh\n@@\n-two\n+three\n");
    Path moved = work.resolve("bin/go.sh");
    assertThat(moved).hasContent("three\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(moved)))
        .isEqualTo("rwxr-x--x");
    assertThat(script).doesNotExist();
  }

  @Test
  void whenALaterFileCannotBeWrittenTheEarlierOnesAreAsBefore() throws Exception {
    Files.writeString(work.resolve("a.txt"), "one\n");
    Files.write(work.resolve("b.bin"), new byte[] {0, (byte) 0xff, 1});
    PatchFiles sources = new PatchFiles(files);
    List<FileChange> changes =
        plan(
            """
            *** Update File: a.txt
            @@
            -one
            +two
            *** Add File: b.bin
            +text
            *** Add File: z/new.txt
            +new
            """,
            sources);
    // What was no folder when the patch was held against the disk is a file now.
    Files.writeString(work.resolve("z"), "in the way");
    assertThatThrownBy(() -> new PatchWriter(files, sources).write(changes))
        .isInstanceOf(FileException.class);
    assertThat(work.resolve("a.txt")).hasContent("one\n");
    assertThat(work.resolve("b.bin")).hasBinaryContent(new byte[] {0, (byte) 0xff, 1});
  }

  @Test
  void aFileThatHasChangedSinceIsNotOverwritten() throws Exception {
    Path file = Files.writeString(work.resolve("a.txt"), "one\n");
    PatchFiles sources = new PatchFiles(files);
    List<FileChange> changes = plan("*** Update File: a.txt\n@@\n-one\n+two\n", sources);
    assertThat(new PatchWriter(files, sources).isUnchanged(changes, files)).isTrue();
    Files.writeString(file, "mine\n");
    assertThat(new PatchWriter(files, sources).isUnchanged(changes, files)).isFalse();
  }

  @Test
  void aFileIsKnownByItsRealPath() throws Exception {
    Path outside = Files.createDirectory(work.resolve("outside"));
    Path inside = Files.createDirectory(work.resolve("inside"));
    Files.createSymbolicLink(inside.resolve("link"), outside);
    PatchFiles sources = new PatchFiles(files);
    List<FileChange> changes = plan("*** Add File: inside/link/x.txt\n+x\n", sources);
    assertThat(sources.touched(changes)).containsExactly(outside.resolve("x.txt"));
    Files.delete(inside.resolve("link"));
    Files.createSymbolicLink(inside.resolve("link"), work);
    assertThat(new PatchWriter(files, sources).isUnchanged(changes, files)).isFalse();
  }

  @Test
  void whatMayNotBeReadIsNotShownByAPatchThatDoesNotFit() throws Exception {
    Files.writeString(work.resolve("auth.json"), "secret\n");
    Files.createSymbolicLink(work.resolve("link"), work.resolve("auth.json"));
    PatchFiles sources = new PatchFiles(files, path -> !path.equals(work.resolve("auth.json")));
    ParseResult.Parsed parsed =
        (ParseResult.Parsed)
            PatchParser.parse(
                "*** Begin Patch\n*** Update File: link\n@@\n-secre\n+x\n*** End Patch\n");
    assertThat(PatchPlanner.plan(parsed.patch(), work, sources))
        .isInstanceOfSatisfying(
            PlanResult.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("does not let it be read")
                    .doesNotContain("secret"));
  }

  @Test
  void aLinkThatLeadsNowhereIsNotWrittenThrough() throws Exception {
    Files.createSymbolicLink(work.resolve("link"), work.resolve("nowhere"));
    apply("*** Add File: link\n+one\n");
    assertThat(work.resolve("link")).isRegularFile().hasContent("one\n");
    assertThat(Files.isSymbolicLink(work.resolve("link"))).isFalse();
    assertThat(work.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aLinkIsDeletedOrMovedAndNeverWhatItLeadsTo() throws Exception {
    Path target = Files.writeString(work.resolve("target.txt"), "one\n");
    Path outside = Files.writeString(Files.createDirectory(work.resolve("o")).resolve("f"), "o\n");
    Files.createSymbolicLink(work.resolve("a"), Path.of("target.txt"));
    Files.createSymbolicLink(work.resolve("b"), outside);
    Files.createDirectory(work.resolve("w"));
    Files.createSymbolicLink(work.resolve("w/c"), outside);
    apply("*** Delete File: a\n*** Delete File: w/c\n");
    apply("*** Update File: b\n*** Move to: moved\n@@\n-o\n+new\n");
    assertThat(target).hasContent("one\n");
    assertThat(outside).hasContent("o\n");
    assertThat(work.resolve("moved")).hasContent("new\n");
    assertThat(work.toFile().list()).containsExactlyInAnyOrder("target.txt", "o", "w", "moved");
    assertThat(work.resolve("w")).isEmptyDirectory();
  }

  @Test
  void aLinkIsJudgedByItsPlaceWhenItGoesAndByItsTargetWhenItIsWritten() throws Exception {
    Path outside = Files.writeString(Files.createDirectory(work.resolve("o")).resolve("f"), "o\n");
    Path link = Files.createSymbolicLink(work.resolve("l"), outside);
    PatchFiles sources = new PatchFiles(files);
    assertThat(sources.touched(plan("*** Delete File: l\n", sources))).containsExactly(link);
    assertThat(sources.touched(plan("*** Update File: l\n@@\n-o\n+n\n", sources)))
        .containsExactly(outside);
    assertThat(sources.touched(plan("*** Update File: l\n*** Move to: m\n@@\n-o\n+n\n", sources)))
        .containsExactly(link, work.resolve("m"));
  }

  @Test
  void aLinkGoesWithinASandboxThatDoesNotReachWhatItLeadsTo() throws Exception {
    Path outside = Files.writeString(Files.createDirectory(work.resolve("o")).resolve("f"), "o\n");
    Path inside = Files.createDirectory(work.resolve("w"));
    Files.createSymbolicLink(inside.resolve("l"), outside);
    SandboxPolicy policy = new SandboxPolicy.WorkspaceWrite(List.of(), false, true, true);
    Confinement sandbox =
        new Confinement(
            (PermissionProfile.Managed) SandboxProfiles.of(policy),
            inside,
            List.of(inside),
            null,
            List.of());
    PatchFiles sources = new PatchFiles(files);
    List<FileChange> changes = plan("*** Delete File: w/l\n", sources);
    new PatchWriter(backend.files(sandbox), sources).write(changes);
    assertThat(inside).isEmptyDirectory();
    assertThat(outside).hasContent("o\n");
  }
}
