"""What stands in plain words where a landlord says who it is and what its policy is to say."""

OF_LANDLORDS: dict[str, dict[str, str]] = {
    "look_version": {
        "body": "what the public pages say to everybody",
        "why": "why the public pages changed",
        "published_by": "the name of a member of staff",
    },
    "look_draft": {
        "body": "what the public pages are to say to everybody",
        "changed_by": "the name of a member of staff",
    },
    "policy_draft": {
        "content": "the policy's own words",
        "state": "one of DraftState",
        "started_by": "the name of a member of staff",
        "changed_by": "the name of a member of staff",
        "writers": "ids of members of staff",
        "proposed_by": "the name of a member of staff",
        "why": "why a version of a policy is made; never about a case",
        "returned": "why it was sent back; never about a case",
    },
    "support_access": {
        "name": "the name of whoever runs the portal",
        "reason": "what support asks to be let in for",
        "answered_by": "the name of a member of staff",
        "ended_by": "the name of a member of staff",
    },
}
