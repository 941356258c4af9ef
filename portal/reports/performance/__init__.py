"""Live figures: promises kept, open cases, protection, homes, quality of records."""
