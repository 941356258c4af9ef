"""One calendar of what a landlord has to look at again beside its cases, each with its day and who sees to it."""
