"""By when a complaint about us is acknowledged and answered; no seed policy says so, and the default is the portal's.

Source of the default: the Housing Ombudsman's Complaint Handling Code, April 2024, sections 6.2 to 6.15.
"""

from typing import Annotated

from pydantic import Field

from portal.domain.policy.stated import Frozen, Origin, Required, Words

Days = Annotated[int, Field(gt=0)]


class ComplaintTimes(Frozen):
    """Working days until a complaint is acknowledged and each stage answered, and how far that can be put off."""

    acknowledge_days: Days
    first_days: Days
    second_days: Days
    first_longer: Days
    second_longer: Days
    ombudsman: Words
    """What everybody who complains is told with each answer and each putting off."""


PORTAL_COMPLAINT_TIMES = Required[ComplaintTimes](
    value=ComplaintTimes(
        acknowledge_days=5,
        first_days=10,
        second_days=20,
        first_longer=10,
        second_longer=20,
        ombudsman=(
            "You can ask the Housing Ombudsman about your complaint at any time, free of charge: "
            "www.housing-ombudsman.org.uk, telephone 0300 111 3000."
        ),
    ),
    origin=Origin.PORTAL_DEFAULT,
    note="Complaint Handling Code of the Housing Ombudsman, April 2024, sections 6.2 to 6.15",
)
