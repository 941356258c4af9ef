"""The advice that somebody was given: on what, when, by whom, from where it comes, and what came of it."""
