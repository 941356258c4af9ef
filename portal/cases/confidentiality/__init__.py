"""Who may know of a case: those named for a restricted one, those barred from one, and who opened one in an emergency."""
