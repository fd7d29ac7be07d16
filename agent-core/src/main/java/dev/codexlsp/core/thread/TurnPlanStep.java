package dev.codexlsp.core.thread;

/// One line of the model's plan.
public record TurnPlanStep(String step, Status status) {

  public enum Status {
    PENDING,
    IN_PROGRESS,
    COMPLETED
  }
}
