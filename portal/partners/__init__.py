"""Partner agencies: who works on the same cases with several landlords, on what terms, and what they may see."""
