"""What stands in plain words in the tables of reports, audits and recommendations."""

OF_REPORTS = {
    "impact_assessment": {
        "kind": "preparation or review",
        "begun_by": "the name of a member of staff",
        "changed_by": "the name of a member of staff",
    },
    "impact_signature": {
        "part": "lead, head, director or scrutiny",
        "name": "the name of a member of staff",
        "post": "the post of a member of staff",
        "digest": "a hash of a policy",
    },
    "impact_action": {
        "kind": "action or review",
        "row": "the name of a row of the form, the same for everybody",
        "made_by": "the name of a member of staff",
        "done_by": "the name of a member of staff",
        "judged_by": "the name of a member of staff",
    },
    "audit_round": {"drawn_by": "the name of a member of staff"},
    "audited_case": {"seen_by": "the name of a member of staff"},
    "recommendation": {
        "source": "one of Found",
        "made_by": "the name of a member of staff",
        "ended_by": "the name of a member of staff",
    },
    "benchmark_member": {
        "joined_by": "the name of a member of staff",
        "left_by": "the name of a member of staff",
    },
    "resident_profile": {
        "source": "from where numbers of residents are",
        "loaded_by": "the name of a member of staff",
        "numbers": "codes of answers, and how many residents have each",
    },
    "export": {
        "what": "one of What",
        "form": "one of Form",
        "period": "a quarter, or all",
        "number": "a number of its own, made by chance",
        "asked_name": "the name of a member of staff",
    },
    "complaint": {
        "number": "a number of its own, made by chance",
        "by": "one of Complains",
        "linked_by": "the name of a member of staff",
        "parts": "codes of Shown",
        "stage": "one of Stage",
        "step": "one of Step",
        "outcome": "one of Outcome",
        "ended_by": "the name of a member of staff",
    },
    "complaint_step": {
        "stage": "one of Stage",
        "step": "one of Step",
        "source": "a clause, or that the time is the portal’s own",
        "done_by": "the name of a member of staff",
    },
    "published_figures": {
        "quarter": "a year and a number from 1 to 4",
        "figures": "what may be published of a quarter: keys of figures, rounded counts, ranges and shares",
    },
    "pack": {
        "body": "a body that the policy names, such as the board",
        "clause": "the clause that names it",
        "quarter": "a year and a number from 1 to 4",
        "asked_by": "the name of a member of staff",
        "sent_by": "the name of a member of staff",
        "figures": "what may be published of figures, in which nobody can be found",
    },
}
