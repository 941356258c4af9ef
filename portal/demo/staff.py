"""The invented staff of each landlord, in the posts that its policy names, with one password that is no secret."""

from dataclasses import dataclass

from portal.domain.permissions import Role

PASSWORD = "kettle-lantern-orchard-42"  # noqa: S105 - printed at every start of the demonstration
WITH_APP = "second.factor@havebury.example"
"""The one demo account that is asked for a second factor: an administrator."""
APP_SECRET = "LINTELDEMOSECRETNEVERFORPEOPLE22"  # noqa: S105 - printed at every start too
OPERATOR = ("operator@portal.example", "Ravi Anand")
"""Who runs the portal of the demonstration: makes and suspends landlords, and reads no case."""
THREE_LANDLORDS = ("dales", "seven-locks", "star")


@dataclass(frozen=True, slots=True)
class Member:
    """One demo account. `offers` is what this person has said may be asked of them as an interviewer."""

    email: str
    name: str
    role: Role
    landlords: tuple[str, ...]
    post: str | None = None
    offers: tuple[str, ...] = ()
    on_duty: bool = False


def _team(slug: str, people: tuple[tuple[str, str | None, tuple[str, ...]], ...]) -> tuple[Member, ...]:
    """The same nine places at each landlord, in this order; the first officer is on duty."""
    places = (
        ("officer", Role.OFFICER),
        ("second.officer", Role.OFFICER),
        ("senior", Role.SENIOR),
        ("manager", Role.MANAGER),
        ("auditor", Role.AUDITOR),
        ("administrator", Role.ADMINISTRATOR),
        ("front.desk", Role.FRONT_DESK),
        ("board", Role.BOARD),
        ("complaints", Role.COMPLAINTS),
    )
    return tuple(
        Member(f"{local}@{slug}.example", name, role, (slug,), post, offers, on_duty=local == "officer")
        for (local, role), (name, post, offers) in zip(places, people, strict=True)
    )


STAFF: tuple[Member, ...] = (
    *_team(
        "dales",
        (
            ("Hazel Birtwistle", "Neighbourhood Officer", ("woman",)),
            ("Imran Chaudhry", "Neighbourhood Officer", ("man", "culture:South Asian", "speaks:Urdu")),
            ("Ruth Garside", "Senior Neighbourhood Officer", ("woman", "specialist_officer")),
            ("Colin Threlfall", "Head of Neighbourhoods", ("man",)),
            ("Anwen Llewellyn", "Internal Auditor", ()),
            ("Peter Ogden", "Systems Administrator", ()),
            ("Bernice Oakes", "Customer Adviser", ()),
            ("Margaret Sowden", "Board Member", ()),
            ("Shirley Pickles", "Customer Relations Adviser", ()),
        ),
    ),
    *_team(
        "seven-locks",
        (
            ("Jodie Stubbs", "Housing Officer", ("woman",)),
            ("Krzysztof Nowicki", "Housing Officer", ("man", "speaks:Polish", "culture:Polish")),
            ("Shanice Whyte", "Senior Housing Officer", ("woman", "culture:Caribbean")),
            ("Marianne Lock", "Head of Housing", ("woman",)),
            ("Declan Keegan", "Internal Auditor", ()),
            ("Dorota Sroka", "Systems Administrator", ()),
            ("Tariq Mahmood", "Customer Adviser", ()),
            ("Leroy Bailey", "Board Member", ()),
            ("Femi Adeyemi", "Customer Relations Adviser", ()),
        ),
    ),
    *_team(
        "havebury",
        (
            ("Faye Mayhew", "Tenancy and Estates Services Co-ordinator", ("woman",)),
            ("Tunde Afolabi", "Tenancy and Estates Services Co-ordinator", ("man", "culture:West African")),
            (
                "Gurpreet Sandhu",
                "Senior Tenancy Co-ordinator",
                ("woman", "speaks:Punjabi", "specialist_officer"),
            ),
            ("Alison Fairclough", "Tenancy and Estates Services Manager", ("woman",)),
            ("Neil Postlethwaite", "Internal Auditor", ()),
            ("Saima Qureshi", "Systems Administrator", ()),
            ("Gareth Pugh", "Customer Adviser", ()),
            ("Pauline Tabor", "Chair, Tenant Experience Committee", ()),
            ("Moira Haddow", "Complaints Resolution Officer", ()),
        ),
    ),
    *_team(
        "star",
        (
            ("Ffion Pugh", "Neighbourhood Housing Officer", ("woman", "speaks:Welsh")),
            ("Daniel Clegg", "Neighbourhood Housing Officer", ("man", "same_orientation")),
            ("Carol Winstanley", "Senior Neighbourhood Officer", ("woman", "specialist_officer")),
            ("Graham Hollins", "Neighbourhood Manager", ("man",)),
            ("Ngozi Okafor", "Internal Auditor", ()),
            ("Rhodri Bebb", "Systems Administrator", ()),
            ("Sally Fincham", "Customer Adviser", ()),
            ("Bryn Maddox", "Chair, Customer Sub-Committee", ()),
            ("Owen Tudor", "Complaints Officer", ()),
        ),
    ),
    *_team(
        "whg",
        (
            ("Deqa Warsame", "Community Safety Officer", ("woman", "speaks:Somali")),
            ("Liam Rigby", "Community Safety Officer", ("man",)),
            (
                "Harleen Johal",
                "Senior Community Safety Officer",
                ("woman", "speaks:Punjabi", "culture:South Asian"),
            ),
            ("Martin Wagstaff", "Community Safety Operations Manager", ("man",)),
            ("Ioana Rusu", "Internal Auditor", ()),
            ("Steven Dewhurst", "Systems Administrator", ()),
            ("Nadine Cropper", "Customer Adviser", ()),
            ("Surinder Gill", "Chair, Customer Experience Committee", ()),
            ("Balbir Nagra", "Customer Experience Adviser", ()),
        ),
    ),
    *_team(
        "nph",
        (
            ("Rosie Kershaw", "Tenancy Support Officer", ("woman",)),
            ("Bogdan Munteanu", "Tenancy Support Officer", ("man", "speaks:Romanian")),
            (
                "Yvette Palmer",
                "Senior Tenancy Support Officer",
                ("woman", "culture:Caribbean", "specialist_officer"),
            ),
            ("Janet Hardcastle", "Tenancy Support Manager", ("woman",)),
            ("Omar Yousaf", "Internal Auditor", ()),
            ("Wioletta Lisek", "Systems Administrator", ()),
            ("Luke Brampton", "Customer Adviser", ()),
            ("Helen Fosdyke", "Board Member", ()),
            ("Clare Whitmore", "Complaints Officer", ()),
        ),
    ),
    Member(
        "officer@three.example",
        "Niamh Tierney",
        Role.OFFICER,
        THREE_LANDLORDS,
        "Relief Officer",
        ("woman", "specialist_officer"),
    ),
    Member(WITH_APP, "Yusuf Demir", Role.ADMINISTRATOR, ("havebury",), "Systems Administrator"),
)
LANDLORDS = tuple(dict.fromkeys(slug for member in STAFF for slug in member.landlords))
