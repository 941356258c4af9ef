"""Where to go from any page: what is opened every day stands in the bar, the rest under what it is about."""

from dataclasses import dataclass
from functools import cache

from portal.domain.permissions import Permission, Role, permissions_of


@dataclass(frozen=True, slots=True)
class Link:
    """One page of a landlord's desk, and who may open it."""

    endpoint: str
    permission: Permission
    says: str


@dataclass(frozen=True, slots=True)
class Menu:
    """Pages about one thing; those without a title stand in the bar by themselves."""

    title: str
    links: tuple[Link, ...]

    def holds(self, endpoint: str) -> bool:
        """Is this page one of them?"""
        return endpoint in {each.endpoint for each in self.links}


MENUS = (
    Menu("", (
        Link("triage.reports_here", Permission.REPORT_TRIAGE, "Reports"),
        Link("work.team", Permission.TEAM_READ, "Team"),
    )),
    Menu("Cases", (
        Link("safeguarding.waiting", Permission.TEAM_READ, "Safeguarding"),
        Link("assessments.not_assessed", Permission.TEAM_READ, "Risk"),
        Link("plans.without_plan", Permission.TEAM_READ, "Plans"),
        Link("lacking.lacking", Permission.TEAM_READ, "What records lack"),
        Link("reviews.reviews", Permission.CASEWORK_REVIEW, "Reviews"),
        Link("retention.kept_here", Permission.RECORD_KEEP, "Keeping"),
    )),
    Menu("Homes", (
        Link("flags.before_a_visit", Permission.DIRECTORY_READ, "Before a visit"),
        Link("exchange.desk", Permission.CASE_WORK, "Homes wanted"),
    )),
    Menu("Partners", (
        Link("signposts.directory", Permission.DIRECTORY_READ, "Services"),
        Link("agreements.register", Permission.AGREEMENT_READ, "Agencies"),
        Link("forums.register", Permission.AGREEMENT_KEEP, "Forums"),
        Link("conference.here", Permission.CASE_READ, "MARAC"),
    )),
    Menu("Figures", (
        Link("figures.figures", Permission.FIGURES_READ, "Figures"),
        Link("oversight.oversight", Permission.FIGURES_READ, "Oversight"),
        Link("packs.packs", Permission.FIGURES_READ, "Board reports"),
        Link("residents.residents", Permission.FIGURES_READ, "Residents"),
        Link("benchmark.benchmark", Permission.FIGURES_READ, "Other landlords"),
        Link("exports.exports", Permission.FIGURES_EXPORT, "Files"),
        Link("findings.findings", Permission.FINDINGS_KEEP, "Audits"),
        Link("complaints.complaints", Permission.COMPLAINT_HANDLE, "Complaints"),
    )),
    Menu("Landlord", (
        Link("policy.policy", Permission.POLICY_READ, "Policy"),
        Link("calendar.calendar", Permission.POLICY_READ, "What is due"),
        Link("impact.register", Permission.POLICY_READ, "Impact"),
        Link("operators.setting_up.steps", Permission.LOOK_KEEP, "Setting up"),
        Link("look.look", Permission.LOOK_KEEP, "Look and words"),
        Link("duties.duties", Permission.DUTY_WORK, "Duties"),
        Link("staff.people", Permission.PEOPLE_ADMIN, "People and roles"),
        Link("operators.support_here.support_asked", Permission.PEOPLE_ADMIN, "Support"),
        Link("sign_ins.people", Permission.SIGN_INS_END, "Sign-ins"),
        Link("checking.languages", Permission.PEOPLE_ADMIN, "Languages"),
        Link("proving.rule", Permission.PEOPLE_ADMIN, "Second factor"),
        Link("proving.through", Permission.PEOPLE_ADMIN, "Organisation’s sign-in"),
        Link("systems.systems", Permission.SYSTEMS_ADMIN, "Connected systems"),
        Link("importing.cases_imports", Permission.CASES_IMPORT, "Cases from elsewhere"),
        Link("importing.people_imports", Permission.PEOPLE_ADMIN, "Colleagues from elsewhere"),
        Link("importing.homes_imports", Permission.HOMES_IMPORT, "Our homes"),
        Link("training.register", Permission.TEAM_READ, "Training"),
        Link("cases.audit_here", Permission.AUDIT_READ, "Audit"),
        Link("notices.messages", Permission.MAILBOX_READ, "Notices to you"),
        Link("notices.health", Permission.HEALTH_READ, "Health"),
    )),
)  # fmt: skip


@cache
def menus(roles: frozenset[Role]) -> tuple[Menu, ...]:
    """What somebody with these roles may open at a landlord; a menu with one page in it is that page."""
    found, may = [], permissions_of(roles)
    for menu in MENUS:
        links = tuple(each for each in menu.links if each.permission in may)
        if links:
            found.append(Menu(menu.title if len(links) > 1 else "", links))
    return tuple(found)
