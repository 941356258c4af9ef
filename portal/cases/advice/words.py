"""The words for advice, said once for form, log and timeline."""

from portal.domain.advice import Result, Topic

TOPICS = {
    Topic.CHOICES: "Their choices: what can be done, and what each would mean",
    Topic.HARDENING: "Making the home harder to attack",
    Topic.SAFETY: "Staying safe from day to day",
    Topic.LEGAL: "What the law can do",
    Topic.MONEY: "Money, rent and benefits",
    Topic.CHILDREN: "Children",
    Topic.HEALTH: "Health",
    Topic.NO_SERVICE: "No service was named: why",
    Topic.NO_ADVOCATE: "No independent advocate (IDVA) was named: why",
}
RESULTS = {
    Result.ADVISED: "Advice was given",
    Result.SUPPORTED: "Advice and practical support were given",
    Result.DECLINED: "They did not want it",
}
