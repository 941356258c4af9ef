"""What a landlord can do about the home itself: make it safer, mend it, or find another one."""
