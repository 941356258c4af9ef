"""What stands in plain words in the tables of a landlord's own systems."""

OF_SYSTEMS = {
    "case_import": {
        "kind": "one of Kind: cases, people or homes",
        "state": "read, faulty, fit, asked, done, undoing, undone or dropped",
        "mapped": "of Column, each with the place of a column",
        "read_name": "the name of a member of staff",
        "by_name": "the name of a member of staff",
        "ended_by": "the name of a member of staff",
    },
    "import_mapping": {
        "kind": "one of Kind: cases, people or homes",
    },
    "webhook": {
        "name": "what an administrator calls a system, never a person",
        "kinds": "of WebhookKind",
        "made_by": "the name of a member of staff",
        "ended_by": "the name of a member of staff",
    },
    "webhook_notice": {
        "kind": "one of WebhookKind",
        "about": "the number of a job, or an id of ours",
        "fault": "a code of ours, never a word of the other side",
    },
    "system_token": {
        "name": "what an administrator calls a system, never a person",
        "hint": "the beginning of a token, by which tokens are told apart",
        "scopes": "of ApiScope",
        "made_by": "the name of a member of staff",
        "ended_by": "the name of a member of staff",
    },
}
