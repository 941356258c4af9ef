"""How a landlord keeps its policy: drafts of the next version, what they would change, and who approved them."""
