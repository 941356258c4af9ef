"""The people of an agency: who they are there, and who lets them in and ends their access."""
