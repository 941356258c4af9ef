"""What an agency writes beside a case that is shared with it: notes, contacts and documents of its own."""
