package dev.codexlsp.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.context.ContextBlock.Message;
import dev.codexlsp.core.thread.CollaborationMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContextBlockTest {
  private static final String SKILLS = "<skills_instructions>\na\n</skills_instructions>";
  private static final String FREE =
      "<permissions instructions>\nfree\n</permissions instructions>";
  private static final String PLACE = "<environment_context>here</environment_context>";

  private static String docs(String text) {
    return Objects.requireNonNull(
        new ProjectDocs(
                Path.of("/w"), null, List.of(new ProjectDocs.Doc(Path.of("/w/AGENTS.md"), text)))
            .render());
  }

  private static ContextBlock whole() {
    return new ContextBlock()
        .with(Section.ENVIRONMENT, PLACE)
        .with(Section.PROJECT_DOCS, docs("one"))
        .with(Section.PERMISSIONS, FREE)
        .with(Section.SKILLS, SKILLS)
        .with(Section.DEVELOPER_INSTRUCTIONS, "be kind");
  }

  private static Message developer(String... parts) {
    return new Message(Section.Role.DEVELOPER, List.of(parts));
  }

  private static Message user(String... parts) {
    return new Message(Section.Role.USER, List.of(parts));
  }

  private static final List<Message> SAID =
      List.of(
          developer("be kind", SKILLS, FREE),
          user(docs("one"), PLACE),
          user("<environment_context> is what I ask about", "more"));

  @Test
  void anEmptyHistoryIsToldAllInTwoMessages() {
    assertThat(whole().missingIn(List.of()))
        .containsExactly(developer("be kind", SKILLS, FREE), user(docs("one"), PLACE));
  }

  @Test
  void whatIsSaidIsNotSaidAgain() {
    assertThat(whole().missingIn(SAID.subList(0, 2))).isEmpty();
  }

  @Test
  void whatAUserSaysLikeItOnlyMakesItSaidAgain() {
    assertThat(whole().missingIn(SAID)).containsExactly(user(PLACE));
  }

  @Test
  void onlyWhatHasChangedIsSaid() {
    ContextBlock now =
        whole()
            .with(Section.PERMISSIONS, FREE.replace("free", "asked"))
            .with(Section.COLLABORATION_MODE, ModeText.of(CollaborationMode.PLAN, null));
    assertThat(now.missingIn(SAID.subList(0, 2)))
        .containsExactly(
            developer(FREE.replace("free", "asked"), ModeText.of(CollaborationMode.PLAN, null)));
  }

  @Test
  void newDocsSayThatTheyTakeThePlaceOfTheOldOnes() {
    ContextBlock now = whole().with(Section.PROJECT_DOCS, docs("two"));
    List<Message> history = new ArrayList<>(SAID.subList(0, 2));
    List<Message> said = now.missingIn(history);
    assertThat(said)
        .containsExactly(
            user(
                """
                # AGENTS.md instructions for /w

                <INSTRUCTIONS>
                These AGENTS.md instructions take the place of all that were given earlier.

                two
                </INSTRUCTIONS>\
                """));
    history.addAll(said);
    assertThat(now.missingIn(history)).isEmpty();
  }

  @Test
  void whatIsGoneIsTakenBackOnce() {
    ContextBlock now =
        new ContextBlock().with(Section.PERMISSIONS, FREE).with(Section.ENVIRONMENT, PLACE);
    List<Message> history = new ArrayList<>(SAID.subList(0, 2));
    List<Message> said = now.missingIn(history);
    assertThat(said)
        .containsExactly(
            developer(
                "The developer instructions given earlier no longer apply.",
                "<skills_instructions>\nThere are no skills any more.\n</skills_instructions>"),
            user(
                """
                # AGENTS.md instructions

                <INSTRUCTIONS>
                The AGENTS.md instructions given earlier no longer apply.
                </INSTRUCTIONS>\
                """));
    history.addAll(said);
    assertThat(now.missingIn(history)).isEmpty();
  }
}
