package dev.codexlsp.core.turn;

import dev.codexlsp.core.model.ResponseItem;
import dev.codexlsp.core.model.ResponseItem.Part;
import dev.codexlsp.core.skill.Skill;
import dev.codexlsp.core.skill.SkillLoader;
import dev.codexlsp.core.skill.SkillText;
import dev.codexlsp.core.skill.Skills;
import dev.codexlsp.core.thread.UserInput;
import dev.codexlsp.core.tool.Picture;
import dev.codexlsp.core.tool.PictureException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The user's words as the model will read them: pictures are made small, files that are meant are
/// named, and skills that are named follow. Runs on the turn's thread.
///
/// @param cwd what relative paths count from
/// @param skills null while nobody has looked for them: one that is named stays a name
/// @param seesImages whether the model does
record UserWords(Path cwd, @Nullable Skills skills, boolean seesImages) {
  /// In one message.
  static final int MAX_IMAGES = 32;

  static final int MAX_SKILLS = 8;

  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

  /// The words as they can be read at any time.
  static UserWords unprepared(Path cwd, boolean seesImages) {
    return new UserWords(cwd, null, seesImages);
  }

  /// The message, and the skills that it names.
  List<ResponseItem> items(List<UserInput> words) {
    List<Part> parts = new ArrayList<>();
    List<String> mentions = new ArrayList<>();
    Set<Skill> named = new LinkedHashSet<>();
    int images = 0;
    for (UserInput input : words) {
      switch (input) {
        case UserInput.Text text -> {
          parts.add(new Part.Text(text.text()));
          SkillText.named(text.text()).forEach(name -> add(named, known(name)));
        }
        case UserInput.Image image -> parts.add(image(image, images++));
        case UserInput.LocalImage image -> parts.addAll(localImage(image, images++));
        case UserInput.Skill skill -> {
          Skill wanted = known(skill);
          add(named, wanted);
          parts.add(new Part.Text(use(skill, wanted)));
        }
        case UserInput.Mention mention -> {
          if (!URI.matcher(mention.path()).matches()) {
            mentions.add("- " + oneLine(mention.name()) + ": " + oneLine(mention.path()));
          }
        }
      }
    }
    if (!mentions.isEmpty()) {
      parts.add(new Part.Text("Files that the user means:\n" + String.join("\n", mentions)));
    }
    List<ResponseItem> items = new ArrayList<>();
    items.add(ResponseItem.message("user", parts));
    named.stream()
        .limit(MAX_SKILLS)
        .forEach(skill -> {
          String body = SkillLoader.text(skill);
          if (body != null) {
            items.add(ResponseItem.message("user", SkillText.body(skill, body)));
          }
        });
    return items;
  }

  private static void add(Set<Skill> named, @Nullable Skill skill) {
    if (skill != null) {
      named.add(skill);
    }
  }

  private @Nullable Skill known(String name) {
    return skills == null ? null : skills.named(name);
  }

  private @Nullable Skill known(UserInput.Skill skill) {
    Skill there = skills == null ? null : skills.at(cwd.resolve(skill.path()));
    return there == null ? known(skill.name()) : there;
  }

  private String use(UserInput.Skill skill, @Nullable Skill wanted) {
    if (skills != null && wanted == null) {
      return "(there is no skill " + oneLine(skill.name()) + ")";
    }
    return "Use $" + oneLine(wanted == null ? skill.name() : wanted.name()) + ".";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  /// @param before how many pictures the message has already
  private Part image(UserInput.Image image, int before) {
    try {
      return picture(Picture.of(image.url()), before);
    } catch (PictureException unusable) {
      return leftOut(unusable);
    }
  }

  private static Part leftOut(PictureException why) {
    return new Part.Text("(a picture is left out: " + why.getMessage() + ")");
  }

  private Part picture(Picture picture, int before) {
    if (!seesImages) {
      return new Part.Text("(a picture is left out: you do not see pictures)");
    }
    return before < MAX_IMAGES
        ? new Part.Image(picture.url())
        : new Part.Text("(a picture is left out: too many in one message)");
  }

  private List<Part> localImage(UserInput.LocalImage image, int before) {
    Path path = cwd.resolve(image.path());
    Part shown;
    // Not a channel: that would fail when the turn is interrupted, and the picture be lost.
    try (InputStream in = new FileInputStream(path.toFile())) {
      shown =
          picture(
              Picture.of(ByteBuffer.wrap(in.readNBytes(Math.toIntExact(Picture.LIMIT) + 1))),
              before);
    } catch (PictureException unusable) {
      shown = leftOut(unusable);
    } catch (IOException unreadable) {
      return List.of(new Part.Text("(the picture `" + path + "` cannot be read)"));
    }
    return List.of(
        new Part.Text("<image name=[Image #" + (before + 1) + "] path=\"" + image.path() + "\">"),
        shown,
        new Part.Text("</image>"));
  }
}
