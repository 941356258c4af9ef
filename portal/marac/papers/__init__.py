"""What a body writes for the conference: its research, and what shows that an action was done."""
