"""A landlord's own information-sharing agreement with an agency: what for, which parts of a record, and until when."""
