"""Areas: who coordinates them, when they meet, which agencies sit there, and their own numbers."""
