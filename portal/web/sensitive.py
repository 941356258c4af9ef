"""What is sensitive enough to be asked anew who one is: one table of pages, each with its reason.

An unlocked screen is found by somebody else sooner or later. What harms most if they go on with it stands here; the
decision is made in one place before the page runs (portal.people.proving.routes.again).
"""

SENSITIVE: dict[str, str] = {
    # what the policy says from now on
    "drafts.decide": "the next version of the policy comes into force",
    "drafts.file": "the draft leaves the portal as a file",
    # breaking the glass
    "confidentiality.in_emergency": "a case is opened past what keeps it closed",
    "anonymity.identity": "who somebody is whose case has no name",
    "new_home.show": "where somebody lives now",
    # who may know of a case
    "confidentiality.restrict": "closes a case to colleagues",
    "confidentiality.lift": "opens a restricted case to all",
    "confidentiality.name": "opens a restricted case to somebody",
    "confidentiality.bar": "closes a case to a colleague",
    "confidentiality.unbar": "opens a case to a colleague who was barred",
    "anonymity.clear": "lets somebody know whose case it is",
    "new_home.name": "lets somebody know where they live now",
    # what leaves the portal
    "disclosures.leave": "a disclosure leaves the portal",
    "disclosures.left_file": "what was disclosed, as a file",
    "packs.send": "a report to a board leaves the portal",
    "benchmark.join": "rates of ours go where other landlords read them",
    "exports.ask": "a file of figures or cases is made",
    "exports.file": "a file of figures or cases leaves the portal",
    # what cannot be brought back, and whose it is
    "retention.keep_until": "from when on a case is erased",
    "retention.lift": "a hold on erasing ends",
    "handover.hand_over": "somebody's cases go to others",
    # who gets in
    "staff.invite": "lets somebody in",
    "staff.invited": "as what somebody is let in",
    "staff.another_code": "the same",
    "staff.colleague": "what somebody may do",
    "staff.start_anew": "lets somebody set up their sign-in anew",
    "staff.end": "ends somebody's access",
    "importing.cases_take_over": "cases are made of a file",
    "importing.cases_undo": "cases are emptied",
    "importing.people_take_over": "lets many in at once",
    "importing.people_undo": "ends the access of many",
    "importing.people_codes": "with what many choose their passwords",
    "importing.homes_undo": "many homes leave the list",
    "systems.make": "lets a system in",
    "webhooks.make": "where notices go from now on",
    "webhooks.secret": "with what notices are signed",
    "proving.rule_changed": "what is asked of everybody's sign-in",
    "proving.organisation_set": "through whom people sign in",
    "proving.organisation_ended": "nobody signs in so any more",
    "proving.only": "how everybody signs in",
    "proving.not_only": "the same",
    "members.invite": "lets somebody into an agency",
    "members.person": "what somebody at an agency may do",
    "members.start_anew": "lets somebody at an agency set up their sign-in anew",
    "members.end": "ends somebody's access at an agency",
    # one's own keys
    "proving.app_begun": "another second factor",
    "proving.app_removed": "a second factor goes",
    "proving.new_codes": "new recovery codes",
    "proving.passkey_page": "another way in",
    "proving.passkey_wanted": "the same",
    "proving.passkey_made": "the same",
    "proving.passkey_removed": "a way in goes",
    "proving.password": "another password",
}
