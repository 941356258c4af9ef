"""What a policy does to whom, assessed before it is decided: the form, what is written, and what is missing."""
