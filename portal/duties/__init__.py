"""What a landlord has to do beside its cases."""
