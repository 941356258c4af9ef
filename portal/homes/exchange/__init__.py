"""The desk between landlords: a need posted without a name, a home offered, and a letter once both have agreed."""
