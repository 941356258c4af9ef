"""A second person looks at risk assessments and plans, where the landlord asks for it."""
