"""What does not wait for the meeting: it starts with the referral. Source: MARAC guidance; HS-026 6.1.

The portal's own list, because no policy names one. Each is put on the case as a task, and is ended like any other.
"""

AT_ONCE: dict[str, str] = {
    "safety-now": "Do now, without waiting for the meeting: look at the safety plan with them, and ring 999 if "
    "somebody is in danger.",
    "advocate": "Do now, without waiting for the meeting: put them in touch with an independent advocate (IDVA), "
    "if they want that.",
    "home-now": "Do now, without waiting for the meeting: see what makes the home safer today.",
    "children-now": "Do now, without waiting for the meeting: if a child or an adult at risk is not safe, make the "
    "safeguarding referral.",
    "never-told": "Do now: make sure that no letter, message or visit tells the person who does harm of this.",
}
"""By the name under which each is proposed, so that it is proposed once."""
