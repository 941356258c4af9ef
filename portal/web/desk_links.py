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
    under: str = ""
    """Its heading on the first page, where that is not the title of the menu."""


@dataclass(frozen=True, slots=True)
class Menu:
    """Pages about one thing; those without a title stand in the bar by themselves."""

    title: str
    links: tuple[Link, ...]

    def holds(self, endpoint: str) -> bool:
        """Is this page one of them?"""
        return endpoint in {each.endpoint for each in self.links}


POLICY, LOOK, PEOPLE = "Policy", "Look and words", "People and sign-in"
SYSTEMS, RECORD, DAILY = "Systems and import", "On record", "Every day"
FEW = 6
"""So many links are found at a glance, without headings."""
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
        Link("register.homes", Permission.DIRECTORY_READ, "Our homes"),
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
        Link("policy.policy", Permission.POLICY_READ, "Policy", POLICY),
        Link("calendar.calendar", Permission.POLICY_READ, "What is due", POLICY),
        Link("impact.register", Permission.POLICY_READ, "Impact", POLICY),
        Link("duties.duties", Permission.DUTY_WORK, "Duties", POLICY),
        Link("operators.setting_up.steps", Permission.LOOK_KEEP, "Setting up", LOOK),
        Link("look.look", Permission.LOOK_KEEP, "Look and words", LOOK),
        Link("checking.languages", Permission.PEOPLE_ADMIN, "Languages", LOOK),
        Link("staff.people", Permission.PEOPLE_ADMIN, "People and roles", PEOPLE),
        Link("training.register", Permission.TEAM_READ, "Training", PEOPLE),
        Link("sign_ins.people", Permission.SIGN_INS_END, "Sign-ins", PEOPLE),
        Link("proving.rule", Permission.PEOPLE_ADMIN, "Second factor", PEOPLE),
        Link("proving.through", Permission.PEOPLE_ADMIN, "Organisation’s sign-in", PEOPLE),
        Link("systems.systems", Permission.SYSTEMS_ADMIN, "Connected systems", SYSTEMS),
        Link("importing.cases_imports", Permission.CASES_IMPORT, "Cases from elsewhere", SYSTEMS),
        Link("importing.people_imports", Permission.PEOPLE_ADMIN, "Colleagues from elsewhere", SYSTEMS),
        Link("importing.homes_imports", Permission.HOMES_IMPORT, "Homes from elsewhere", SYSTEMS),
        Link("operators.support_here.support_asked", Permission.PEOPLE_ADMIN, "Support", SYSTEMS),
        Link("notices.health", Permission.HEALTH_READ, "Health", SYSTEMS),
        Link("notices.messages", Permission.MAILBOX_READ, "Notices to you", RECORD),
        Link("cases.audit_here", Permission.AUDIT_READ, "Audit", RECORD),
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


@cache
def first_page(roles: frozenset[Role]) -> tuple[Menu, ...]:
    """The same pages as the first page lists them: each under a heading, unless they are few."""
    may = permissions_of(roles)
    found: dict[str, list[Link]] = {}
    for menu in MENUS:
        for each in menu.links:
            if each.permission in may:
                found.setdefault(each.under or menu.title or DAILY, []).append(each)
    everything = tuple(each for links in found.values() for each in links)
    if len(everything) <= FEW:
        return (Menu("", everything),) if everything else ()
    return tuple(Menu(title, tuple(links)) for title, links in found.items())
