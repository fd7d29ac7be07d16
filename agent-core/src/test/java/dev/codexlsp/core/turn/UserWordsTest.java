package dev.codexlsp.core.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.model.ResponseItem.Part;
import dev.codexlsp.core.skill.Skill;
import dev.codexlsp.core.skill.Skills;
import dev.codexlsp.core.thread.UserInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserWordsTest {
  private static final byte[] GIF = {'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0, 0, 0};
  private static final String URL =
      "data:image/gif;base64," + Base64.getEncoder().encodeToString(GIF);

  @TempDir Path folder;

  private List<ResponseItem> items(UserInput... input) throws IOException {
    return new UserWords(folder, skills(), true).items(List.of(input));
  }

  private Skills skills() throws IOException {
    Path file = Files.writeString(folder.resolve("SKILL.md"), "Do it.");
    return new Skills(
        List.of(
            new Skill(
                "foo", "d", null, file, folder, Path.of("SKILL.md"), Skill.Scope.USER, false)),
        List.of());
  }

  private static ResponseItem user(Part... parts) {
    return ResponseItem.message("user", List.of(parts));
  }

  private static Part text(String text) {
    return new Part.Text(text);
  }

  private ResponseItem body() {
    return user(
        text("<skill>\n<name>foo</name>\n<path>" + folder + "/SKILL.md</path>\nDo it.\n</skill>"));
  }

  @Test
  void picturesStandWhereTheyWereSent() throws Exception {
    Files.write(folder.resolve("a.gif"), GIF);
    assertThat(
            items(
                new UserInput.Text("see"),
                new UserInput.Image(URL, null),
                new UserInput.LocalImage(Path.of("a.gif"), "low"),
                new UserInput.Text("and")))
        .containsExactly(
            user(
                text("see"),
                new Part.Image(URL),
                text("<image name=[Image #2] path=\"a.gif\">"),
                new Part.Image(URL),
                text("</image>"),
                text("and")));
  }

  @Test
  void whatIsNoPictureIsLeftOut() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "text");
    assertThat(
            items(
                new UserInput.Image("data:image/png;base64,AAAA", null),
                new UserInput.LocalImage(Path.of("a.txt"), null),
                new UserInput.LocalImage(Path.of("/no/such"), null)))
        .containsExactly(
            user(
                text("(a picture is left out: neither PNG nor JPEG, GIF or WebP)"),
                text("<image name=[Image #2] path=\"a.txt\">"),
                text("(a picture is left out: neither PNG nor JPEG, GIF or WebP)"),
                text("</image>"),
                text("(the picture `/no/such` cannot be read)")));
  }

  @Test
  void oneMessageHoldsSoManyAndABlindModelNone() throws Exception {
    UserInput[] many =
        IntStream.range(0, UserWords.MAX_IMAGES + 1)
            .mapToObj(_ -> new UserInput.Image(URL, null))
            .toArray(UserInput[]::new);
    assertThat(items(many).getFirst().texts("content"))
        .containsExactly("(a picture is left out: too many in one message)");
    assertThat(
            new UserWords(folder, Skills.NONE, false)
                .items(List.of(new UserInput.Image(URL, null))))
        .containsExactly(user(text("(a picture is left out: you do not see pictures)")));
  }

  @Test
  void filesThatAreMeantAreNamed() throws Exception {
    assertThat(
            items(
                new UserInput.Text("look"),
                new UserInput.Mention("f.txt", "/w/f.txt"),
                new UserInput.Mention("app", "app://x"),
                new UserInput.Mention("g\nh", "g\nh")))
        .containsExactly(
            user(text("look"), text("Files that the user means:\n- f.txt: /w/f.txt\n- g h: g h")));
  }

  @Test
  void aSkillThatIsNamedFollowsOnce() throws Exception {
    assertThat(items(new UserInput.Text("use $foo and $foo, not $bar")))
        .containsExactly(user(text("use $foo and $foo, not $bar")), body());
    assertThat(
            items(
                new UserInput.Text("go"),
                new UserInput.Skill("any", folder.resolve("SKILL.md")),
                new UserInput.Skill("foo", Path.of("/gone"))))
        .containsExactly(user(text("go"), text("Use $foo."), text("Use $foo.")), body());
    assertThat(items(new UserInput.Skill("none", Path.of("/etc/passwd"))))
        .containsExactly(user(text("(there is no skill none)")));
  }

  /// A turn that is interrupted early has not looked for skills.
  @Test
  void withoutPreparationASkillStaysAName() {
    assertThat(
            UserWords.unprepared(folder, true)
                .items(
                    List.of(
                        new UserInput.Text("use $foo"),
                        new UserInput.Skill("foo", folder.resolve("SKILL.md")),
                        new UserInput.Image(URL, null))))
        .containsExactly(user(text("use $foo"), text("Use $foo."), new Part.Image(URL)));
  }

  @Test
  void aPictureIsReadAfterAnInterruptToo() throws Exception {
    Files.write(folder.resolve("a.gif"), GIF);
    UserInput image = new UserInput.LocalImage(Path.of("a.gif"), null);
    UserWords words = UserWords.unprepared(folder, true);
    List<ResponseItem> calm = words.items(List.of(image));
    Thread.currentThread().interrupt();
    try {
      assertThat(words.items(List.of(image))).isEqualTo(calm);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
