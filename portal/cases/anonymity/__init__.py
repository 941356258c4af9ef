"""Cases without a name: who she is stands in a record of its own, apart from the case and from the tenancy."""
