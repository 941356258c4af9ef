"""Safety plan and action plan: written with the person, agreed with her, kept version by version."""
