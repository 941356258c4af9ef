"""The same for what agencies and the conference about people at high risk have to do with."""

AT_AGENCIES = {
    "agency_entry": {
        "kind": "one of EntryKind",
        "actor": "the name of somebody who works there",
        "media": "the ending of a file's name",
    },
    "agency_task": {
        "made_name": "the name of a member of staff",
        "taken_name": "the name of somebody who works there",
        "ended_name": "the name of somebody who works there",
        "ending": "one of Ending",
    },
    "marac_referral": {
        "state": "one of State",
        "criteria": "of Criterion",
        "made_name": "the name of a member of staff",
        "decided_name": "the name of somebody who works there, or that it was their own word",
        "sha256": "a hash",
    },
    "marac_action": {
        "made_name": "the name of somebody who works there",
        "ended_name": "the name of somebody who works there",
        "ending": "one of Ended",
    },
    "marac_paper": {"actor": "the name of somebody who works there", "shown": "one of Shown"},
    "marac_minutes": {"actor": "the name of somebody who works there"},
    "marac_attendance": {"noted_by": "the name of a member of staff"},
    "agency_grant": {
        "parts": "of Part",
        "made_name": "the name of a member of staff",
        "answered_name": "the name of somebody at an agency",
        "ended_by": "the name of a member of staff, or that their word ended it",
    },
}
