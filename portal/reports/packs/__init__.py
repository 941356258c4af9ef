"""The report for a board or committee: made by a job, with words beside the figures, kept as it was sent."""
