"""What a landlord has shared with an agency in the portal: one case, some parts, for a time."""
