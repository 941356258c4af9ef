"""What is filled in about how the pages look and speak: one form for each part."""
