"""In which other register a case stands, where the policy wants it in one."""
