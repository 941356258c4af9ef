"""What an agency's people see and do: the cases that were shared with them, over all landlords, in one list."""
