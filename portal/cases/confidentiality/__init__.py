"""Who may know of a case: who is named for it, who is barred from it, who opened it in an emergency."""
