"""Rules that find what a landlord ought to settle in its policy; each looks at data and knows no landlord by name."""
