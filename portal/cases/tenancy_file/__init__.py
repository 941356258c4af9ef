"""The tenancy file, when the joint tenant or somebody acting for them asks to see it."""
