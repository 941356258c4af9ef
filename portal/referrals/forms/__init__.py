"""The questions of the public pages: one form for each page, each answer free to be left out."""
