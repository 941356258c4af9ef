"""What a landlord asks an agency to do about a case that is shared with it."""
